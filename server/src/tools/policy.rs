//! Which tools run at once, which ask first, and which never run.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Declaration, Effect};

/// What has to happen before a call is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Approval {
    /// Nothing.
    Auto,
    /// A person has to agree.
    Ask,
    /// It is not carried out.
    Deny,
}

/// The approval that each tool needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// For tools that only look.
    pub reads: Approval,
    /// For tools that change something.
    pub writes: Approval,
    /// For single tools, by name, whatever they do.
    pub tools: BTreeMap<String, Approval>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { reads: Approval::Auto, writes: Approval::Ask, tools: BTreeMap::new() }
    }
}

impl Policy {
    /// The approval that calls of this tool need.
    pub fn approval(&self, tool: &Declaration) -> Approval {
        self.tools.get(&tool.name).copied().unwrap_or(match tool.effect {
            Effect::Reads => self.reads,
            Effect::Writes => self.writes,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tool(name: &str, effect: Effect) -> Declaration {
        Declaration { name: name.into(), description: String::new(), parameters: json!({}), effect }
    }

    #[test]
    fn looking_is_free_and_changing_asks() {
        let policy = Policy::default();
        assert_eq!(policy.approval(&tool("readFile", Effect::Reads)), Approval::Auto);
        assert_eq!(policy.approval(&tool("writeFile", Effect::Writes)), Approval::Ask);
    }

    #[test]
    fn a_rule_for_one_tool_wins_over_the_rule_for_its_kind() {
        let policy = Policy {
            tools: [("readFile".into(), Approval::Deny), ("writeFile".into(), Approval::Auto)].into(),
            ..Policy::default()
        };
        assert_eq!(policy.approval(&tool("readFile", Effect::Reads)), Approval::Deny);
        assert_eq!(policy.approval(&tool("writeFile", Effect::Writes)), Approval::Auto);
        assert_eq!(policy.approval(&tool("listDirectory", Effect::Reads)), Approval::Auto);
    }
}
