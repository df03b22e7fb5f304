//! The model file: a header, then parts in fixed order, all integers little-endian.

use crate::lemma::Lemmatiser;
use crate::lexicon::Lexicon;
use crate::parser::ParserModel;
use crate::tagger::TaggerModel;

/// First bytes of a model file.
pub(crate) const MAGIC: &[u8; 8] = b"DETSYN\r\n";
/// Version of the form that this code reads and writes.
pub(crate) const VERSION: u32 = 1;

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The first bytes are not those of a model file.
    #[error("this is not a detente syntax model")]
    NotAModel,
    /// Another version of the form; the number found.
    #[error("the model has form {0}, this program reads form {VERSION}")]
    Version(u32),
    /// The file ends too early or contradicts itself.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
}

/// Everything that is learnt for a language.
pub(crate) struct Model {
    pub(crate) lexicon: Lexicon,
    pub(crate) tagger: TaggerModel,
    pub(crate) lemmatiser: Lemmatiser,
    pub(crate) parser: ParserModel,
}

impl Model {
    /// Reads a model file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(MAGIC.len()) != Ok(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let version = reader.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        Ok(Self {
            lexicon: Lexicon::read(&mut reader)?,
            tagger: TaggerModel::read(&mut reader)?,
            lemmatiser: Lemmatiser::read(&mut reader)?,
            parser: ParserModel::read(&mut reader)?,
        })
    }
}

/// Takes values off the front of a model file.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or(ModelError::Damaged("it ends too early"))?;
        self.bytes = rest;
        Ok(taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, ModelError> {
        Ok(self.bytes(1)?[0])
    }

    pub(crate) fn u32(&mut self) -> Result<u32, ModelError> {
        let b = self.bytes(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    pub(crate) fn str(&mut self) -> Result<&'a str, ModelError> {
        let length = self.u8()? as usize;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| ModelError::Damaged("not UTF-8"))
    }
}

/// Writes a string of at most 255 bytes, as [`Reader::str`] reads it; longer ones are cut.
pub(crate) fn write_str(out: &mut Vec<u8>, text: &str) {
    let text = &text[..text.floor_char_boundary(255)];
    out.push(text.len() as u8);
    out.extend(text.as_bytes());
}
