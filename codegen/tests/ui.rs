//! What people see who make a mistake: `TRYBUILD=overwrite` refreshes the expected messages, which are to be read like a page of docs.

#[test]
fn mistakes_are_told_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
