//! [`Look`] as the calendar's `RenderConfig`: colored only if the look says so, whatever `NO_COLOR` means to inquire.

use inquire::ui::{Attributes, Color, RenderConfig, StyleSheet, Styled};

use crate::ui::look::Look;

/// The same color as in [`Look::paint`]: it is readable on black and on white.
const ACCENT: Color = Color::DarkCyan;

/// Prefixes carry the margin; inquire has none for the help line (see `Layout::inquire_help`).
pub fn render_config(look: &Look) -> RenderConfig<'static> {
    let accent = |text| paint(look, text, ACCENT);
    let mut theme = RenderConfig::empty()
        .with_prompt_prefix(accent("  ?"))
        .with_answered_prompt_prefix(accent("  >"))
        .with_canceled_prompt_indicator(Styled::new("(back)"));
    theme.calendar.prefix = Styled::new("   ");
    if look.color { colored(theme) } else { theme }
}

/// Today's date stays plain in the calendar: inquire's today is not the program's.
fn colored(mut theme: RenderConfig<'static>) -> RenderConfig<'static> {
    let accent = StyleSheet::new().with_fg(ACCENT);
    theme.prompt = StyleSheet::new().with_attr(Attributes::BOLD);
    theme.calendar.header = theme.prompt;
    theme.calendar.selected_date = Some(accent.with_attr(Attributes::BOLD));
    theme.calendar.different_month_date = StyleSheet::new().with_fg(Color::DarkGrey);
    theme.calendar.unavailable_date = theme.calendar.different_month_date;
    theme
}

fn paint<'t>(look: &Look, text: &'t str, color: Color) -> Styled<&'t str> {
    if look.color { Styled::new(text).with_fg(color) } else { Styled::new(text) }
}
