//! GIFT: small cases from its grammar, a bank that has everything, and what no bank should have.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::kinds;

/// The one question of a text.
fn found(text: &str) -> ImportedQuestion {
    let contents = read(text);
    assert_eq!((contents.questions.len(), contents.refusals.len()), (1, 0), "{text}: {contents:?}");
    contents.questions.into_iter().next().expect("one was counted")
}

/// Why the one question of a text is refused.
fn refusal(text: &str) -> String {
    let contents = read(text);
    assert_eq!((contents.questions.len(), contents.refusals.len()), (0, 1), "{text}: {contents:?}");
    contents.refusals[0].reason.to_string()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn one_of(choices: &[&str], key: usize) -> Kind {
    kinds::one_of(texts(choices), key)
}

fn any_of(choices: &[&str], keys: &[usize]) -> Kind {
    kinds::any_of(texts(choices), keys.to_vec())
}

fn typed(accepted: &[&str]) -> Kind {
    Kind::Typed { accepted: texts(accepted) }
}

fn number(value: f64, tolerance: f64) -> Kind {
    Kind::Number { value, tolerance, unit: String::new() }
}

#[test]
fn the_answers_decide_what_a_question_is() {
    for (answers, kind) in [
        ("=a ~b ~c", one_of(&["a", "b", "c"], 0)),
        ("~a =b ~c", one_of(&["a", "b", "c"], 1)),
        ("~a~=b~c", one_of(&["a", "b", "c"], 1)),
        ("~a ~ = b", one_of(&["a", "b"], 1)),
        ("a ~b =c", one_of(&["a", "b", "c"], 2)),
        ("=a -> b ~c", one_of(&["a -> b", "c"], 0)),
        ("~%100%a ~b", one_of(&["a", "b"], 0)),
        ("~%50%a ~%50%b ~c", any_of(&["a", "b", "c"], &[0, 1])),
        ("~%33.3%a ~%33,3%b ~%33.3%c ~%-100%d", any_of(&["a", "b", "c", "d"], &[0, 1, 2])),
        ("~a =b =c", any_of(&["a", "b", "c"], &[1, 2])),
        ("T", Kind::TrueFalse { key: true }),
        ("TRUE", Kind::TrueFalse { key: true }),
        (" F ", Kind::TrueFalse { key: false }),
        ("FALSE#no#yes", Kind::TrueFalse { key: false }),
        ("true", Kind::TrueFalse { key: true }),
        ("t", typed(&["t"])),
        ("=TRUE", typed(&["TRUE"])),
        ("Oslo", typed(&["Oslo"])),
        ("=Oslo =Christiania =oslo", typed(&["Oslo", "Christiania"])),
        ("=%100%Oslo =%50%Bergen", typed(&["Oslo"])),
        ("=*Oslo*", typed(&["Oslo"])),
        ("=int \\*p", typed(&["int *p"])),
        ("#3", number(3.0, 0.0)),
        ("#2.75:0.01", number(2.75, 0.01)),
        ("#2,75\\:0,01", number(2.75, 0.01)),
        ("#1..5", number(3.0, 2.0)),
        ("#7.141..7.142", number(7.1415, 0.0005)),
        ("#-5..-3", number(-4.0, 1.0)),
        ("#=1822:0 =%50%1822:2", number(1822.0, 0.0)),
        ("#=%50%5:2 =%100%4", number(4.0, 0.0)),
        ("#2 ~#far off", number(2.0, 0.0)),
        ("=1 -> b =2 -> c", Kind::Order { items: texts(&["b", "c"]) }),
        ("=2 -> b =1 -> c", Kind::Order { items: texts(&["c", "b"]) }),
    ] {
        let question = found(&format!("What is it? {{{answers}}}"));
        assert_eq!(question.kind, kind, "{answers}");
        assert_eq!(question.stem, "What is it?");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_a_true_reason() {
    for (text, why) in [
        ("q {}", "it is an essay: no answer is given"),
        ("q { ####later}", "it is an essay: no answer is given"),
        ("Only words.", "it is a description: nothing is asked"),
        ("q {1:MC:~a~=b}", "it is written in Moodle's Cloze syntax, which GIFT does not have"),
        (
            "q {:SHORTANSWER:=a} and {2:NUMERICAL:=1}",
            "it is written in Moodle's Cloze syntax, which GIFT does not have",
        ),
        ("q {~a ~b}", "no choice is marked as right"),
        ("q {=a =b ~}", "every choice is marked as right"),
        ("q {=a ~}", "it has only one choice"),
        ("q {= ~a ~b}", "its right choice is empty"),
        ("q {=a ~A}", "two choices differ only in capital letters: \"A\""),
        ("{=a ~b}", "it asks nothing"),
        ("::t:: {T}", "it asks nothing"),
        ("q {=*}", "any answer is right: its answer is *"),
        ("q {=%50%a}", "no answer has all of the points"),
        ("q {#}", "it has no number"),
        ("q {#six}", "\"six\" is not a number"),
        ("q {#1:x}", "\"x\" is not a number"),
        ("q {#nan}", "\"nan\" is not a number"),
        ("q {#1:-1}", "its tolerance is below 0"),
        ("q {#5..1}", "its range is the wrong way round: 5..1"),
        ("q {#=%50%5}", "no number has all of the points"),
        ("q {=a -> b}", "it has only one pair"),
        ("q {=a -> b =c}", "\"c\" has no -> and matches nothing"),
        ("q {=a -> =c -> d}", "\"a ->\" has no right side"),
        ("q {=a -> b =a -> c}", "two of its left sides are the same"),
        ("q {=a -> b =c -> b}", "all of its right sides are the same"),
        ("[html]<img src='x'> {T}", "its picture cannot be shown here"),
        ("q {=<img src\\=\"x\"> ~a}", "one of its choices is a picture, which cannot be shown here"),
        ("q {=a ~b", "its braces do not match: one is missing, or is text and must be written as \\{ or \\}"),
        ("q =a ~b}", "its braces do not match: one is missing, or is text and must be written as \\{ or \\}"),
        (
            "q } {=a ~b}",
            "its braces do not match: one is missing, or is text and must be written as \\{ or \\}",
        ),
        ("q {={a} ~b}", "there are braces inside braces: those that are text must be written as \\{ and \\}"),
        ("q {=a\n\n~b}", "there is a blank line inside its braces, and a blank line ends a question"),
    ] {
        assert_eq!(refusal(text), why, "{text}");
    }
    let two = refusal("two { =x ~y } blocks { =z ~w }");
    assert!(two.starts_with("it has more than one pair of braces"), "{two}");
    let many: String = (0..27).map(|n| format!("~{n}")).collect();
    assert_eq!(refusal(&format!("q {{=a {many}}}")), "it has 28 choices; the maximum is 26");
    assert_eq!(refusal(&format!("q {{{}}}", "=a".repeat(300))), "it has more than 200 answers");
    assert_eq!(refusal(&format!("{} {{T}}", "word ".repeat(14_000))), Reason::TooLong.to_string());
}

#[test]
fn texts_become_plain_text() {
    for (text, stem) in [
        ("a \\{b\\} \\~ \\= \\# \\: \\\\ c {T}", "a {b} ~ = # : \\ c"),
        ("one\\ntwo {T}", "one\ntwo"),
        ("one\n   two {T}", "one\ntwo"),
        ("one\n// nothing\ntwo {T}", "one\ntwo"),
        ("x \\\\n y {T}", "x \\n y"),
        ("Is 1 < 2 and a<b? {T}", "Is 1 < 2 and a<b?"),
        ("Is <b>this</b> bold? {T}", "Is this bold?"),
        ("one <b>two</b>\nthree {T}", "one two\nthree"),
        ("fish &amp; chips {T}", "fish & chips"),
        ("[html]fish &amp; <i>chips</i> {T}", "fish & chips"),
        ("[plain]fish &amp; <i>chips</i> {T}", "fish &amp; <i>chips</i>"),
        ("[moodle]fish {T}", "fish"),
        ("[markdown]**fish** and `chips` {T}", "fish and chips"),
        ("[unknown]fish {T}", "[unknown]fish"),
        ("The {T} end.", "The _____ end."),
        ("{T} it is.", "_____ it is."),
        ("::a title::[html]<p>stem</p> {T}", "stem"),
        ("::no title {T}", "no title"),
        ("cafe\u{301} {T}", "cafe\u{301}"),
    ] {
        assert_eq!(found(text).stem, stem, "{text}");
    }
}

#[test]
fn feedback_and_general_feedback_become_the_rationale() {
    for (answers, rationale) in [
        ("=a#good choice ~b", Some("good choice")),
        ("=a#Correct! ~b#Wrong.", None),
        ("~b#it is blue =a#it is red####All of it.", Some("All of it.\n\nit is red\n\nb: it is blue")),
        ("T#it is so#well done indeed", Some("well done indeed\n\nit is so")),
        ("F#only if wrong", Some("only if wrong")),
        ("=a#first =b#first", Some("first")),
        ("=a =%0%c#not that", Some("c: not that")),
        ("#2#two =%0%3#three ~#none of them", Some("two\n\n3: three\n\nnone of them")),
        ("=1 -> a =2 -> b####in order", Some("in order")),
        ("T####[html]<p>one</p><p>two</p>", Some("one\n\ntwo")),
        ("T####", None),
    ] {
        assert_eq!(found(&format!("q {{{answers}}}")).rationale.as_deref(), rationale, "{answers}");
    }
}

#[test]
fn what_is_let_pass_is_warned_of() {
    for (text, warning) in [
        ("q {~a =b =c}", "several choices begin with =: all of them are asked for"),
        ("q {=a ~%50%b}", "\"b\" is worth 50 % and counts as wrong"),
        (
            "q {~%80%a ~%20%b ~c}",
            "its points are not kept: every choice with some is right, and all of them are asked for",
        ),
        ("q {=a ~b ~}", "an empty choice is left out"),
        ("q {=a =%50%b}", "\"b\" is worth 50 % and is not accepted"),
        ("q {=a*}", "the * in \"a*\" stands for any letters in Moodle and is left out"),
        ("q {#=5 =%50%6}", "of several numbers only the best one is accepted"),
        ("What is it in this picture? <img src='x'> {T}", "a picture is left out"),
    ] {
        assert_eq!(found(text).warnings, [warning], "{text}");
    }
    assert_eq!(found("q {~%50%a ~%50%b ~c}").warnings, [""; 0]);
    let crammed = read("::a::x {T}\n::b::y {F}");
    assert_eq!(crammed.questions.len(), 2);
    assert_eq!(crammed.questions[1].warnings, ["there is no blank line before it"]);
}

#[test]
fn a_match_is_an_order_where_each_right_side_belongs_to_one() {
    let question = found("Which capital? {=France -> Paris =Japan -> Tokyo}");
    assert_eq!(question.kind, Kind::Order { items: texts(&["Paris", "Tokyo"]) });
    assert_eq!(
        question.stem,
        "Which capital?\n\nPut what belongs to each of these into their order:\n1. France\n2. Japan"
    );
    let spare = read("::sea::Which sea? {=Riga -> Baltic =Kiel -> Baltic =Genoa -> Ligurian = -> Black}");
    assert_eq!(spare.questions.len(), 3);
    let kiel = &spare.questions[1];
    assert_eq!(kiel.stem, "Which sea?\n\nWhat belongs to \"Kiel\"?");
    assert_eq!(kiel.kind, one_of(&["Baltic", "Ligurian", "Black"], 0));
    assert_eq!(kiel.own_id.as_deref(), Some("sea: Kiel"));
    assert_eq!(found("q {=a -> b = -> c}").kind, one_of(&["b", "c"], 0));
}

#[test]
fn categories_are_labels_and_hold_for_what_follows() {
    for (path, topic) in [
        ("a/b", &["a", "b"][..]),
        ("$course$/top/a", &["a"]),
        ("$module$/a // b/c", &["a / b", "c"]),
        ("top", &[]),
        ("$course$", &[]),
        ("../../../etc/cron.d/x", &["etc", "cron.d", "x"]),
        ("", &[]),
    ] {
        let contents = read(&format!("$CATEGORY: {path}\n\nq {{T}}\n\nr {{F}}"));
        assert!(contents.questions.iter().all(|f| f.topic == topic), "{path}: {contents:?}");
        assert_eq!(contents.questions.len(), 2);
    }
}

#[test]
fn comments_give_ids_tags_and_hints_and_titles_only_where_they_are_unique() {
    let question = found("// [id:a\\]b] [tag:one] text [tag:two] [hint:x\\ny]\n::title::q {T}");
    assert_eq!(question.own_id.as_deref(), Some("a]b"));
    assert_eq!(question.tags, ["one", "two"]);
    assert_eq!(question.hint.as_deref(), Some("x\ny"));
    let ids =
        |text: &str| -> Vec<Option<String>> { read(text).questions.into_iter().map(|f| f.own_id).collect() };
    assert_eq!(ids("::a::q {T}\n\n::b::r {T}"), [Some("a".to_owned()), Some("b".to_owned())]);
    assert_eq!(ids("::a::q {T}\n\n::a::r {T}\n\n::a::s {}"), [None, None]);
    assert_eq!(ids("::a::q {T}\n\n::a::s {}"), [None]);
}

#[test]
fn one_bad_question_never_costs_the_others() {
    let text = "::a:: open { brace only\n\n::b:: \\{escaped\\} {=ok \\} still ~no}\n\n\
        ::c:: two { =x ~y } blocks { =z ~w }\n\n::d::{}{}}\n\n$CATEGORY: ../../x\n\n::e:: good {=1 ~2}";
    let contents = read(text);
    assert_eq!(
        contents.questions.iter().map(|f| f.own_id.as_deref()).collect::<Vec<_>>(),
        [Some("b"), Some("e")]
    );
    assert_eq!(contents.questions[0].kind, one_of(&["ok } still", "no"], 0));
    let refused: Vec<(usize, &str)> =
        contents.refusals.iter().map(|r| (r.line, r.excerpt.as_str())).collect();
    assert_eq!(refused, [(1, "a"), (5, "c"), (7, "d")]);
}

#[test]
fn what_is_refused_is_quoted_harmlessly() {
    let contents = read("::\u{1b}]52;c;x\u{7}\u{202e}::q {}\n\n\u{1b}[31mred {#\u{9b}0m}");
    for refused in &contents.refusals {
        let said = format!("{} {}", refused.excerpt, refused.reason);
        assert!(!said.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{said:?}");
    }
    assert_eq!(contents.refusals.len(), 2);
}

#[test]
fn a_bank_with_everything_comes_in_as_it_should() {
    insta::assert_snapshot!(table(&read(include_str!("../../samples/gift/harbour.gift"))));
}

/// One line for each question, and what is said of it.
fn table(contents: &ParsedFile) -> String {
    let mut table = String::new();
    for f in &contents.questions {
        let _ = writeln!(table, "{}: {:?} {}", f.line, f.stem, kinds::brief(&f.kind));
        let _ = writeln!(table, "    id {:?}, topic {:?}, tags {:?}", f.own_id, f.topic, f.tags);
        let _ = writeln!(table, "    hint {:?}, rationale {:?}", f.hint, f.rationale);
        for warning in &f.warnings {
            let _ = writeln!(table, "    ! {warning}");
        }
    }
    for r in &contents.refusals {
        let _ = writeln!(table, "{}: {} - {}", r.line, r.excerpt, r.reason);
    }
    table
}

#[test]
fn questions_without_blank_lines_between_them_are_told_apart_where_each_is_a_line() {
    let contents = read("Is it wet? {T}\nWhich is green? {=moss ~rust}\n::third:: How many? {#3}\n");
    assert_eq!(contents.refusals, []);
    assert_eq!(contents.questions.iter().map(|f| f.line).collect::<Vec<_>>(), [1, 2, 3]);
    let warned: Vec<usize> = contents.questions.iter().map(|f| f.warnings.len()).collect();
    assert_eq!(warned, [0, 1, 1]);
    let contents = read("// [id:a/one]\nIs it wet? {T}\n// [id:a/two]\nIs it green? {F}\n");
    let ids: Vec<_> = contents.questions.iter().map(|f| f.own_id.as_deref()).collect();
    assert_eq!(ids, [Some("a/one"), Some("a/two")]);
    // Whose text the second line is cannot be told.
    let why = refusal("Is it wet? {T}\nWhich is green?\n{=moss ~rust}\n");
    assert!(why.contains("put a blank line between questions"), "{why}");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "([{}=~#:%>\\\\\\-\\n/ T*.$\\[\\]0-9]|CATEGORY|html|é|\u{301}){0,80}") {
        let contents = read(&text);
        let lines = text.matches('\n').count() + 1;
        for found in &contents.questions {
            prop_assert!((1..=lines).contains(&found.line));
            prop_assert_eq!(validate::check_question(&found.stem, &found.kind), Ok(()));
        }
    }

    #[test]
    fn what_is_escaped_is_meant(text in "([{}=~#:%\\\\n\\n] ?|.){0,40}") {
        let written = escapes::escape(&text);
        prop_assert!(!written.contains('\n'));
        prop_assert_eq!(escapes::unescape(&written), text);
        let signs = escapes::bare(&written).filter(|(_, c)| "{}=~#:".contains(*c)).count();
        prop_assert_eq!(signs, 0);
    }
}

#[test]
fn a_star_without_points_is_any_other_answer() {
    let contents = read("Which tree? {=Oak =%50%Elm#nearly =%0%*#No tree like that}\n");
    assert_eq!(contents.refusals, []);
    assert_eq!(contents.questions[0].kind, Kind::Typed { accepted: vec!["Oak".to_owned()] });
    assert!(
        contents.questions[0].rationale.as_deref().is_some_and(|said| said.contains("No tree like that"))
    );
}
