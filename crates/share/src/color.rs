//! Colors: a palette by field, and a metal by frame.

use std::fmt;

use badgedex_domain::catalog::Frame;

/// A color of sRGB: `0xRRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u32);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

/// The colors of a card's background, from its corners to its light, and of the words on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub night: Rgb,
    pub deep: Rgb,
    pub glow: Rgb,
    /// For words and lines; readable on all of the others.
    pub light: Rgb,
}

/// The colors of a medal's metal, from its shine to its shade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metal {
    pub shine: Rgb,
    pub bright: Rgb,
    pub middle: Rgb,
    pub shade: Rgb,
}

/// White.
pub const WHITE: Rgb = Rgb(0xff_ffff);
/// Black.
pub const BLACK: Rgb = Rgb(0x00_0000);

/// One is chosen for each field.
pub const PALETTES: [Palette; 9] = [
    palette(0x0a_0e2a, 0x19_2160, 0x33_43a8, 0xbf_c9ff),
    palette(0x13_092b, 0x2c_1559, 0x57_2fa6, 0xd9_c6ff),
    palette(0x1f_0925, 0x48_144d, 0x83_2a82, 0xf8_c6f3),
    palette(0x24_0912, 0x53_1327, 0x98_2740, 0xff_c9d3),
    palette(0x23_0f06, 0x52_240c, 0x8f_421a, 0xff_d4b8),
    palette(0x0a_1a0d, 0x19_3b1e, 0x2d_6636, 0xc4_efca),
    palette(0x05_1e19, 0x0b_4239, 0x14_6b5a, 0xaf_f0e0),
    palette(0x04_1d27, 0x09_4052, 0x10_6985, 0xb0_eafa),
    palette(0x07_162d, 0x0e_3363, 0x1e_5aa8, 0xbb_dbff),
];

/// For what is no longer valid.
pub const FADED: Palette = palette(0x15_1618, 0x2a_2c30, 0x4b_4e55, 0xd6_d8dc);

/// The metal of what is no longer valid.
pub const LEAD: Metal = metal(0xd9_dbde, 0xa6_a9ae, 0x74_787f, 0x45_484e);

const PEWTER: Metal = metal(0xf1_f4f5, 0xbc_c7cb, 0x80_8f96, 0x47_555c);
const BRONZE: Metal = metal(0xff_e6cf, 0xe8_ab7c, 0xb3_6c3c, 0x6c_381a);
const SILVER: Metal = metal(0xff_ffff, 0xd8_dfe8, 0x98_a4b3, 0x52_5e6e);
const GOLD: Metal = metal(0xff_f6cf, 0xf6_cf65, 0xc8_8f22, 0x75_4c0c);
const OPAL: Metal = metal(0xff_f2fb, 0xe6_c3ef, 0xa5_87cf, 0x54_4291);

const fn palette(night: u32, deep: u32, glow: u32, light: u32) -> Palette {
    Palette { night: Rgb(night), deep: Rgb(deep), glow: Rgb(glow), light: Rgb(light) }
}

const fn metal(shine: u32, bright: u32, middle: u32, shade: u32) -> Metal {
    Metal { shine: Rgb(shine), bright: Rgb(bright), middle: Rgb(middle), shade: Rgb(shade) }
}

/// The palette of a field, always the same one.
pub fn palette_of(field: &str) -> Palette {
    // The upper half of the hash spreads better than the lower one.
    let index = (hash(field) >> 32) % PALETTES.len() as u64;
    usize::try_from(index).ok().and_then(|i| PALETTES.get(i)).copied().unwrap_or(FADED)
}

/// The metal of a frame.
pub fn metal_of(frame: Frame) -> Metal {
    match frame {
        Frame::Round => PEWTER,
        Frame::Light => BRONZE,
        Frame::Heavy => SILVER,
        Frame::Double => GOLD,
        Frame::Dashed => OPAL,
    }
}

/// The 64-bit FNV-1a hash, which never changes.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
