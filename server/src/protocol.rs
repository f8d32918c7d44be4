//! The protocol, as the document says it.

parlance_codegen::server!("../../spec/gemini.yaml");
