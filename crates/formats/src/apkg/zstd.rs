//! A file of zstd frames as a reader of what is in them, one after the other.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The window of a frame, in bytes; Anki's own frames have at most 2 MiB.
const MAX_WINDOW_BYTES: u64 = 32 * 1024 * 1024;
/// Frames in one file; Anki writes one.
const MAX_FRAMES: usize = 1000;

/// Reads what frames hold.
pub struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Frames that were begun.
    count: usize,
}

impl<R: BufRead> Frames<R> {
    pub fn new(source: R) -> Frames<R> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        Frames { source, decoder, count: 0 }
    }

    fn is_spent(&self) -> bool {
        self.decoder.is_finished() && self.decoder.can_collect() == 0
    }

    /// Begins the next frame; false if there is none.
    fn begin(&mut self) -> io::Result<bool> {
        if self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.count += 1;
        if self.count > MAX_FRAMES {
            return Err(io::Error::other("it has more than 1000 zstd frames"));
        }
        match self.decoder.init(&mut self.source) {
            Ok(()) => Ok(true),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                Ok(true)
            }
            Err(error) => Err(io::Error::other(error)),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            while self.is_spent() {
                if !self.begin()? {
                    return Ok(0);
                }
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.source, one).map_err(io::Error::other)?;
        }
    }
}
