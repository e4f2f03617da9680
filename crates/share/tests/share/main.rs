//! The card and the page in a real browser, if one is installed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use badgedex_domain::catalog::Expires;
use badgedex_domain::catalog::Frame;
use badgedex_share::{Earned, Missing, Shelf, Shown, Wall, card_png, card_svg, page_html};

const BROWSER: &str = "/usr/bin/chromium";
const PATIENCE: Duration = Duration::from_secs(120);
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
];

struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    fn read(png: &[u8]) -> Picture {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut buffer).unwrap();
        let pixels = buffer.chunks_exact(info.color_type.samples()).map(|p| [p[0], p[1], p[2]]).collect();
        Picture { width: info.width, height: info.height, pixels }
    }

    fn colors(&self) -> usize {
        self.pixels.iter().collect::<BTreeSet<_>>().len()
    }

    fn brightness(&self) -> f64 {
        let sum: f64 = self.pixels.iter().flatten().map(|&part| f64::from(part)).sum();
        sum / (self.pixels.len() * 3) as f64
    }

    /// By how much the parts of the colors differ on average, of 255.
    fn difference(&self, other: &Picture) -> f64 {
        let pairs = self.pixels.iter().flatten().zip(other.pixels.iter().flatten());
        let sum: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
        sum / (self.pixels.len() * 3) as f64
    }
}

fn there_is_a_browser() -> bool {
    let there = Path::new(BROWSER).exists();
    if !there {
        println!("skipped: {BROWSER} is missing");
    }
    there
}

/// What the browser shows of a file.
fn screenshot(page: &str, files: &[(&str, &str)], size: (u32, u32), flags: &[&str]) -> Picture {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("page.html"), page).unwrap();
    for (name, text) in files {
        fs::write(path(name), text).unwrap();
    }
    let mut browser = Command::new(BROWSER)
        .args(FLAGS)
        .args(flags)
        .arg(format!("--user-data-dir={}", path("profile").display()))
        .arg(format!("--window-size={},{}", size.0, size.1))
        .arg(format!("--screenshot={}", path("shot.png").display()))
        .arg(format!("file://{}", path("page.html").display()))
        .env("HOME", folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while browser.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            browser.kill().unwrap();
            panic!("the browser took longer than {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Picture::read(&fs::read(path("shot.png")).unwrap())
}

fn earned(name: &str, frame: Frame) -> Earned {
    Earned {
        name: name.to_owned(),
        short: "NWK".to_owned(),
        issuer: "The Academy".to_owned(),
        tier: "Professional".to_owned(),
        frame,
        field: "networking".to_owned(),
        picture: ["   ◉───◉   ", "  ╱ ╲ ╱ ╲  ", " ◉───◉───◉ "].map(str::to_owned),
        on: "2024-03-14".parse().unwrap(),
        expires: Some(Expires::On("2027-03-14".parse().unwrap())),
        proof: Some("0J4K-Q1TK".to_owned()),
        state: Shown::Held,
    }
}

fn wall() -> Wall {
    let frames = [Frame::Round, Frame::Light, Frame::Heavy, Frame::Double, Frame::Dashed];
    let shelf = |frame| Shelf {
        name: format!("{frame:?} ones"),
        frame,
        earned: vec![earned("Certified Networks", frame)],
        missing: vec![Missing { name: "All Routes".to_owned(), short: "ALL".to_owned() }],
    };
    Wall {
        title: "Academy certificates".to_owned(),
        issuer: "The Academy".to_owned(),
        holder: None,
        today: "2026-11-23".parse().unwrap(),
        obtainable: 10,
        shelves: frames.map(shelf).into(),
    }
}

#[test]
fn a_browser_shows_the_card_as_the_picture_has_it() {
    if !there_is_a_browser() {
        return;
    }
    let card = earned("Certified Networks Engineer - Professional", Frame::Double);
    let page = "<!DOCTYPE html><body style='margin:0'><img src='card.svg' style='display:block'>";
    let shown = screenshot(page, &[("card.svg", &card_svg(&card))], (1200, 630), &[]);
    let picture = Picture::read(&card_png(&card).unwrap());
    assert_eq!((shown.width, shown.height), (1200, 630));
    assert!(shown.colors() > 5000, "{} colors", shown.colors());
    // Another font may replace ours; everything else is the same.
    assert!(shown.difference(&picture) < 8.0, "they differ by {}", shown.difference(&picture));
}

#[test]
fn a_browser_shows_the_page_on_a_phone_and_on_a_desk_in_light_and_in_dark() {
    if !there_is_a_browser() {
        return;
    }
    let page = page_html(&wall());
    for size in [(500, 844), (1280, 900)] {
        let light = screenshot(&page, &[], size, &["--blink-settings=preferredColorScheme=1"]);
        let dark = screenshot(&page, &[], size, &["--blink-settings=preferredColorScheme=0"]);
        for picture in [&light, &dark] {
            assert_eq!((picture.width, picture.height), size);
            assert!(picture.colors() > 1000, "{} colors", picture.colors());
        }
        let (light, dark) = (light.brightness(), dark.brightness());
        assert!(light > dark + 60.0, "light is {light}, dark is {dark}");
    }
}
