//! Who people are, and what each event does.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parlance_socketio::typed::{ConnectError, DisconnectReason, Handshake, Refused};
use serde::Deserialize;
use serde_json::json;

use crate::board::{NotCounted, Votes};
use crate::protocol::types::BoardName;
use crate::protocol::{
    Application, AtABoard, BoardHandlers, ChairAtABoard, Connected, Identity, Role, client_events, errors,
    server_events,
};

/// Boards; more are refused.
const MAX_BOARDS: usize = 1000;

/// All boards. They live as long as the process.
#[derive(Debug, Default)]
pub struct Tally {
    boards: Mutex<HashMap<BoardName, Arc<Board>>>,
}

/// A board that connections are at.
#[derive(Debug)]
pub struct Board {
    name: BoardName,
    votes: Mutex<Votes>,
}

impl Board {
    /// Whoever counts also tells, before anybody else may count: so everybody sees counts in the order of the votes.
    fn votes(&self) -> MutexGuard<'_, Votes> {
        self.votes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tally {
    /// The board of a name, made if there is none; `None` if there are as many as there may be.
    fn board(&self, name: &BoardName) -> Option<Arc<Board>> {
        let mut boards = self.boards.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(board) = boards.get(name) {
            return Some(Arc::clone(board));
        }
        if boards.len() >= MAX_BOARDS {
            return None;
        }
        let board = Arc::new(Board { name: name.clone(), votes: Mutex::default() });
        boards.insert(name.clone(), Arc::clone(&board));
        Some(board)
    }
}

/// What everybody at a board is told when it is closed.
fn closed(votes: &Votes) -> server_events::BoardClosed {
    server_events::BoardClosed { winner: votes.winner().map(|winner| winner.to_string()) }
}

/// What a client sends along with CONNECT.
#[derive(Deserialize)]
struct Auth {
    token: String,
}

impl Application for Tally {
    /// A name.
    type User = String;
    type AtABoard = Arc<Board>;

    /// Anybody is who they say they are: the token is `ann:voter` or `cho:chair`. This is an example, so it has no secrets;
    /// a service would check a signature here.
    async fn authenticate(&self, handshake: Handshake<'_>) -> Result<Identity<String>, ConnectError> {
        let auth: Option<Auth> = handshake.auth.and_then(|auth| serde_json::from_str(auth.get()).ok());
        let identity = auth.as_ref().and_then(|auth| {
            let (user, role) = auth.token.split_once(':')?;
            let role = Role::from_name(role)?;
            (!user.is_empty()).then(|| Identity { user: user.to_owned(), role })
        });
        identity.ok_or_else(|| ConnectError {
            message: "Authentication failed".into(),
            data: Some(json!({ "code": "authentication-failed" })),
        })
    }

    /// Names are all there is.
    fn user_id(&self, user: &String) -> String {
        user.clone()
    }

    async fn connected(&self, _: &Connected<'_, Self>) {}

    async fn disconnected(&self, _: &Connected<'_, Self>, _: DisconnectReason) {}
}

#[parlance_codegen::handlers("tally.yaml")]
impl BoardHandlers for Tally {
    async fn open_board(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::OpenBoard,
    ) -> Result<(server_events::BoardOpened, Arc<Board>), Refused<errors::OpenBoardError>> {
        let board = self.board(&payload.board).ok_or(errors::OpenBoardError::Full)?;
        if let Some(before) = cx.at_a_board() {
            cx.leave_board(&before.name);
        }
        let seen = board.votes().clone();
        let counts = seen.counts().map(|(choice, count)| (choice.to_string(), count)).collect();
        let (emitter, id, joined) = (cx.emit().clone(), cx.socket_id(), Arc::clone(&board));
        // No count may come before the board as it stands. Those in between are made up for.
        cx.after_reply(async move {
            let votes = joined.votes();
            emitter.join_board(&joined.name, id);
            let caller = emitter.board(&joined.name).only(id);
            let known = seen.counts().collect::<HashMap<_, _>>();
            for (choice, count) in votes.counts() {
                if known.get(choice) != Some(&count) {
                    caller.counted(&server_events::Counted { choice: choice.clone(), count });
                }
            }
            if votes.is_closed() && !seen.is_closed() {
                caller.board_closed(&closed(&votes));
            }
        });
        Ok((server_events::BoardOpened { board: payload.board, counts }, board))
    }

    async fn vote(
        &self,
        cx: &AtABoard<'_, Self>,
        payload: client_events::Vote,
    ) -> Result<(), Refused<errors::VoteError>> {
        let board = cx.state();
        let mut votes = board.votes();
        let count = votes.add(&payload.choice, payload.weight).map_err(|why| match why {
            NotCounted::Closed => errors::VoteError::BoardClosed,
            NotCounted::Full => errors::VoteError::Full,
        })?;
        cx.emit().board(&board.name).counted(&server_events::Counted { choice: payload.choice, count });
        Ok(())
    }

    async fn close_board(
        &self,
        cx: &ChairAtABoard<'_, Self>,
    ) -> Result<(), Refused<errors::CloseBoardError>> {
        let board = cx.state();
        let mut votes = board.votes();
        votes.close();
        cx.emit().board(&board.name).board_closed(&closed(&votes));
        Ok(())
    }

    async fn show_hands(
        &self,
        cx: &ChairAtABoard<'_, Self>,
        payload: client_events::ShowHands,
    ) -> Result<client_events::ShowHandsReturned, Refused<errors::ShowHandsError>> {
        let question = server_events::RaiseHand { question: payload.question };
        let hands = cx.emit().board(&cx.state().name).raise_hand(&question).await;
        let hands = hands.map_err(|why| Refused::internal(why.to_string()))?;
        let yes = hands.answers.iter().filter(|(_, answer)| *answer).count();
        let no = hands.answers.len() - yes;
        let silent = hands.missing.len() + hands.unusable.len();
        let [r#for, against, silent] =
            [yes, no, silent].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        Ok(client_events::ShowHandsReturned { r#for, against, silent })
    }

    async fn hover(
        &self,
        cx: &AtABoard<'_, Self>,
        payload: client_events::Hover,
    ) -> Result<(), Refused<errors::HoverError>> {
        let others = cx.emit().board(&cx.state().name).except(cx.socket_id());
        others.hovering(&server_events::Hovering { choice: payload.choice });
        Ok(())
    }
}
