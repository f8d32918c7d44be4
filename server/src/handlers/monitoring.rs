//! Watching: what happens, what has happened, and telling everybody something.

use parlance_socketio::typed::Refused;
use serde_json::json;

use crate::app::App;
use crate::moment;
use crate::monitoring::Activity;
use crate::protocol::errors::{
    MonitoringBroadcastError, MonitoringGetEventsError, MonitoringGetStatsError, MonitoringSubscribeError,
    MonitoringUnsubscribeError,
};
use crate::protocol::{Admin, MonitoringHandlers, client_events, names, server_events, types};
use crate::store::{Stats, StoreError};

#[parlance_codegen::handlers("../../../spec/gemini.yaml")]
impl MonitoringHandlers for App {
    async fn monitoring_subscribe(
        &self,
        cx: &Admin<'_, Self>,
    ) -> Result<server_events::MonitoringStats, Refused<MonitoringSubscribeError>> {
        let (stats, joined) = self.monitor.subscribe().await.map_err(Refused::internal)?;
        let (emitter, socket) = (cx.emit().clone(), cx.socket_id());
        cx.after_reply(async move {
            emitter.join_subscribers(socket);
            drop(joined);
        });
        Ok(shown(stats))
    }

    async fn monitoring_unsubscribe(
        &self,
        cx: &Admin<'_, Self>,
    ) -> Result<(), Refused<MonitoringUnsubscribeError>> {
        cx.leave_subscribers();
        Ok(())
    }

    async fn monitoring_get_events(
        &self,
        _cx: &Admin<'_, Self>,
        payload: client_events::MonitoringGetEvents,
    ) -> Result<server_events::MonitoringEvents, Refused<MonitoringGetEventsError>> {
        let user = payload.user_id.map(types::UserId::into_inner);
        let session = payload.session_id.map(types::SessionId::into_inner);
        // The document bounds it.
        let limit = usize::try_from(payload.limit).unwrap_or_default();
        let events = self.monitor.events(user, session, limit).await.map_err(Refused::internal)?;
        Ok(server_events::MonitoringEvents { events })
    }

    async fn monitoring_get_stats(
        &self,
        _cx: &Admin<'_, Self>,
        payload: client_events::MonitoringGetStats,
    ) -> Result<server_events::MonitoringStats, Refused<MonitoringGetStatsError>> {
        let user = payload.user_id.as_ref().map(types::UserId::as_str);
        let stats: Result<Stats, StoreError> = self.monitor.stats(user).await;
        Ok(shown(stats.map_err(Refused::internal)?))
    }

    async fn monitoring_broadcast(
        &self,
        cx: &Admin<'_, Self>,
        payload: client_events::MonitoringBroadcast,
    ) -> Result<(), Refused<MonitoringBroadcastError>> {
        let client_events::MonitoringBroadcast { message, r#type } = payload;
        let from = &cx.user().id;
        let activity = Activity {
            kind: types::Activity::System,
            event: names::client::MONITORING_BROADCAST,
            user: Some(from),
            session: None,
            tool: None,
            data: json!({ "message": message, "type": r#type.as_str() }),
        };
        self.monitor.record(activity).await;
        cx.emit().role_engineer().system_broadcast(&server_events::SystemBroadcast {
            message,
            r#type,
            from: types::UserId::trusted(from.as_str()),
            timestamp: moment::now(),
        });
        Ok(())
    }
}

fn shown(stats: Stats) -> server_events::MonitoringStats {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let counts = |map: std::collections::BTreeMap<String, u64>| {
        map.into_iter().map(|(key, value)| (key, count(value))).collect()
    };
    server_events::MonitoringStats {
        total_events: count(stats.total),
        by_type: counts(stats.by_kind),
        by_user: counts(stats.by_user),
        tool_usage: counts(stats.by_tool),
    }
}
