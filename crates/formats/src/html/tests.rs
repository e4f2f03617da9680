//! HTML and the plain text that it becomes, as tables and laws.

use proptest::prelude::*;

use super::*;

fn text(html: &str) -> String {
    plain(html).text
}

#[test]
fn a_text_without_a_tag_stays_as_it_is_but_for_entities() {
    for (html, shown) in [
        ("plain", "plain"),
        ("two  blanks\nand a line", "two  blanks\nand a line"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  around  ", "around"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("&lt;b&gt; &amp; &quot;c&quot; &#233;&#x20AC;", "<b> & \"c\" é€"),
        ("a&nbsp;b", "a b"),
        ("Füße & 日本", "Füße & 日本"),
        ("&unknown; &#xFFFFFFFF;", "&unknown; \u{fffd}"),
        ("", ""),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn blocks_become_lines() {
    for (html, shown) in [
        ("a<br>b", "a\nb"),
        ("a<br><br>b", "a\n\nb"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("a<br><div>b</div>", "a\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<h1>a</h1>b", "a\n\nb"),
        ("<b>a</b><i>b</i>", "ab"),
        ("<span>a </span> <span> b</span>", "a b"),
        ("a\n   b<b>c</b>", "a bc"),
        ("<br><br>a<br>", "a"),
        ("x&nbsp;<b>&nbsp;y</b>", "x y"),
        ("a</br>b", "a\nb"),
        ("<!-- no -->a<!DOCTYPE html>", "a"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn lists_have_dashes_or_numbers() {
    for (html, shown) in [
        ("x<ul><li>a</li><li>b</li></ul>y", "x\n- a\n- b\ny"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=\"4\"><li>a</li><li>b</li></ol>", "4. a\n5. b"),
        ("<ul><li><p>a</p></li><li><div>b</div></li></ul>", "- a\n\n- b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li></li><li>a</li></ul>", "-\n- a"),
        ("<li>a", "- a"),
        ("<ol start=\"-1\"><li>a</ol>", "1. a"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn a_row_of_a_table_is_a_line() {
    for (html, shown) in [
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>c", "a | b\n1 | 2\nc"),
        ("<table><tr><td></td><td>2</td></tr></table>", "| 2"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c<br>d</td></tr></table>", "a b | c d"),
        ("<td>a<td>b", "a | b"),
        ("<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>", "- a - b"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn small_letters_can_be_told_from_the_rest() {
    for (html, shown) in [
        ("10<sup>3</sup>", "10^3"),
        ("10<sup>-3</sup> m", "10^-3 m"),
        ("x<sup>n+1</sup>", "x^(n+1)"),
        ("Ca<sup>2+</sup>", "Ca^2+"),
        ("2<sup>n</sup>", "2^n"),
        ("1<sup>st</sup> or 2<sup>nd</sup>", "1st or 2nd"),
        ("Word<sup>TM</sup>", "WordTM"),
        ("H<sub>2</sub>O", "H2O"),
        ("Al<sub>2</sub>(SO<sub>4</sub>)<sub>3</sub>", "Al2(SO4)3"),
        ("x<sub>i</sub>", "x_i"),
        ("x<sub>i+1</sub>", "x_(i+1)"),
        ("1010<sub>2</sub>", "1010_2"),
        ("a<sup></sup>b</sup>", "ab"),
        ("a<sup>b<br>c</sup>", "ab\nc"),
        ("a<sup>b", "ab"),
        ("x<sup>a<sub>b</sub></sup>", "x^ab"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn blanks_stay_in_code() {
    for (html, shown) in [
        ("a<pre>\n  x\n    y\n</pre>b", "a\n\n  x\n    y\n\nb"),
        ("<pre>a\n\n\n\nb</pre>", "a\n\nb"),
        ("<pre>    a\n  b</pre>", "    a\n  b"),
        ("run <code>a  b</code>  now", "run a  b now"),
        ("<code>\\(x\\)</code> \\(x\\)", "\\(x\\) x"),
        ("<pre>a\r\nb</pre>", "a\nb"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn what_is_not_shown_is_dropped() {
    for (html, shown) in [
        ("a<script>if (a < b) { \"<p>\" }</script>b", "ab"),
        ("<head><title>t</title><style>p { }</style></head>a", "a"),
        ("a<svg><text>t</text></svg>b", "ab"),
        ("a<script>never closed", "a"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("a<!-- never closed", "a"),
        ("a<b", "a"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn pictures_and_sounds_are_counted() {
    for (html, shown, pictures, sounds) in [
        ("a<img src=\"a.png\">", "a", 1, 0),
        ("<img src=a.png alt=\"a red fox\"> runs", "[a red fox] runs", 1, 0),
        ("<img src=a.png alt=\"a.png\"><img alt=image><img alt=\"\">", "", 3, 0),
        ("[sound:a.mp3]a[sound:b c.mp3]", "a", 0, 2),
        ("<div>[sound:a.mp3]</div>", "", 0, 1),
        ("[sound:a", "[sound:a", 0, 0),
        ("[sound:a\n]", "[sound:a\n]", 0, 0),
        ("<video src=a></video><audio src=b></audio>", "", 1, 1),
        ("<svg><path/></svg>", "", 1, 0),
    ] {
        let expected = PlainText { text: shown.to_owned(), pictures, sounds };
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn formulas_lose_what_is_around_them() {
    for (html, shown) in [
        ("\\(x^2\\) and \\[ y \\]", "x^2 and y"),
        ("[latex]\\frac{1}{2}[/latex]", "\\frac{1}{2}"),
        ("[$]a[/$] [$$]b[/$$]", "a b"),
        ("<anki-mathjax>x</anki-mathjax>", "x"),
        ("a \\( b", "a \\( b"),
        ("C:\\new [x] \\)", "C:\\new [x] \\)"),
    ] {
        assert_eq!(text(html), shown, "{html}");
    }
}

#[test]
fn no_input_takes_more_than_its_length_to_read() {
    // In quadratic time this would take minutes.
    for piece in [
        "<",
        "<a ",
        "&",
        "&am",
        "<ul><li>",
        "<sup>",
        "<sup>a</sup>",
        "<pre>",
        "<table><tr><td>",
        "[sound:",
        "\\(",
        "[latex]",
        "<!--",
        "</",
        "<pre> \n",
        "<sup>x",
    ] {
        let _ = plain(&piece.repeat(200_000 / piece.len()));
    }
}

proptest! {
    #[test]
    fn whatever_comes_in_is_trimmed_and_has_no_two_blank_lines(
        html in "(<(/?(b|p|br|div|ul|li|ol|pre|code|td|tr|sup|sub|script))>|[a &\\n<>;#\\[\\]\\\\()é]){0,40}",
    ) {
        let shown = text(&html);
        prop_assert!(!shown.contains("\n\n\n"), "{shown:?}");
        prop_assert!(!shown.starts_with('\n') && shown.trim_end() == shown, "{shown:?}");
        prop_assert!(!shown.contains('\r'));
    }

    #[test]
    fn no_text_is_too_much_for_it(html in "\\PC{0,200}") {
        let _ = plain(&html);
    }
}
