//! As much of protocol buffers as Anki's files need: reading one field of a message.

/// The number in a field of a message.
pub fn number(message: &[u8], field: u64) -> Option<u64> {
    Fields(message).find_map(|(number, value)| match value {
        Value::Number(value) if number == field => Some(value),
        _ => None,
    })
}

/// The text in a field of a message.
pub fn text(message: &[u8], field: u64) -> Option<String> {
    Fields(message).find_map(|(number, value)| match value {
        Value::Bytes(bytes) if number == field => String::from_utf8(bytes.to_vec()).ok(),
        _ => None,
    })
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

/// What is left of a message. It ends at the first byte that makes no sense.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Other)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Other)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }
}

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for place in 0..10 {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << (7 * place);
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_behind_others_and_nonsense_ends_a_message() {
        let message = [0x08, 0x96, 0x01, 0x12, 2, b'h', b'i', 0x1d, 0, 0, 0, 0, 0x20, 3];
        assert_eq!(number(&message, 1), Some(150));
        assert_eq!(text(&message, 2).as_deref(), Some("hi"));
        assert_eq!(number(&message, 4), Some(3));
        for cut in [&[][..], &[0xff; 20], &[0x12, 200, b'a'], &[0x0f], &[0x08]] {
            assert_eq!(number(cut, 1), None);
            assert_eq!(text(cut, 2), None);
        }
    }
}
