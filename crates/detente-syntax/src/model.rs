//! The model file: a header, then named sections, all numbers little-endian.

use std::collections::BTreeMap;

use detente_text::Language;

use crate::net::Network;
use crate::net::shape::Shape;
use crate::net::table::Table;
use crate::tags::Tag;
use crate::{Deprel, Upos};

/// First bytes of a model file.
pub(crate) const MAGIC: &[u8; 8] = b"DETSYN\r\n";
/// Version of the form that this code reads and writes.
pub(crate) const VERSION: u32 = 2;

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
pub(crate) struct Model<'a> {
    pub(crate) language: Language,
    pub(crate) tags: Vec<Tag>,
    pub(crate) relations: Vec<Deprel>,
    pub(crate) network: Network,
    /// Sections of the language's own: name and bytes.
    pub(crate) sections: BTreeMap<&'a str, &'a [u8]>,
}

impl<'a> Model<'a> {
    /// Reads a model file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(MAGIC.len()) != Ok(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let version = reader.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let language = match reader.str()? {
            "en" => Language::En,
            "ja" => Language::Ja,
            "ko" => Language::Ko,
            _ => return Err(ModelError::Damaged("a language that is not known")),
        };
        let mut sections = BTreeMap::new();
        for _ in 0..reader.u32()? {
            let name = reader.str()?;
            let length = reader.u32()? as usize;
            sections.insert(name, reader.bytes(length)?);
        }
        let mut take = |name| {
            let missing = ModelError::Damaged("a section is missing");
            sections.remove(name).map(Reader::new).ok_or(missing)
        };
        let tags = read_tags(&mut take("tags")?)?;
        let relations = read_relations(&mut take("relations")?)?;
        let mut network = take("network")?;
        let mut size = || network.u32().map(|n| n as usize);
        let shape = Shape {
            width: size()?,
            h: size()?,
            layers: size()?,
            arc: size()?,
            rel: size()?,
            tags: tags.len(),
            relations: relations.len(),
        };
        let sizes = [shape.width, shape.h, shape.layers, shape.arc, shape.rel];
        if sizes.iter().any(|s| !(1..=4096).contains(s)) || tags.is_empty() || relations.is_empty()
        {
            return Err(ModelError::Damaged("sizes out of range"));
        }
        let table = Table::read(&mut take("words")?)?;
        if table.width() != shape.width {
            return Err(ModelError::Damaged("words and network do not fit"));
        }
        let network = Network::read_from(&mut network, shape, table)?;
        Ok(Self {
            language,
            tags,
            relations,
            network,
            sections,
        })
    }

    /// The reader of a section of the language's own.
    pub(crate) fn section(&self, name: &str) -> Result<&'a [u8], ModelError> {
        let missing = ModelError::Damaged("a section is missing");
        self.sections.get(name).copied().ok_or(missing)
    }
}

fn read_tags(reader: &mut Reader<'_>) -> Result<Vec<Tag>, ModelError> {
    let count = reader.u32()?;
    (0..count)
        .map(|_| {
            let upos = reader.u8()?;
            let upos = *Upos::ALL
                .get(upos as usize)
                .ok_or(ModelError::Damaged("a part of speech out of range"))?;
            let feats = reader.bytes(2)?;
            Ok(Tag {
                upos,
                feats: u16::from_le_bytes([feats[0], feats[1]]),
                xpos: reader.str()?.to_owned(),
            })
        })
        .collect()
}

fn read_relations(reader: &mut Reader<'_>) -> Result<Vec<Deprel>, ModelError> {
    let count = reader.u32()?;
    let unknown = ModelError::Damaged("a relation that is not known");
    (0..count)
        .map(|_| Deprel::from_name(reader.str()?).ok_or(unknown.clone()))
        .collect()
}

/// The bytes of a model file; `numbers` are the network's as [`Shape::parts`] lays them out.
pub(crate) fn write(
    language: Language,
    tags: &[Tag],
    relations: &[Deprel],
    (shape, numbers, table): (&Shape, &[f32], &Table),
    own: &[(&str, Vec<u8>)],
) -> Vec<u8> {
    let mut tags_section = (tags.len() as u32).to_le_bytes().to_vec();
    for tag in tags {
        tags_section.push(tag.upos as u8);
        tags_section.extend(tag.feats.to_le_bytes());
        write_str(&mut tags_section, &tag.xpos);
    }
    let mut relations_section = (relations.len() as u32).to_le_bytes().to_vec();
    for relation in relations {
        write_str(&mut relations_section, relation.as_str());
    }
    let mut network = Vec::new();
    for size in [shape.width, shape.h, shape.layers, shape.arc, shape.rel] {
        network.extend((size as u32).to_le_bytes());
    }
    Network::write(shape, numbers, &mut network);
    let mut words = Vec::new();
    table.write(&mut words);
    let common = [
        ("tags", &tags_section),
        ("relations", &relations_section),
        ("network", &network),
        ("words", &words),
    ];
    let sections: Vec<_> = common
        .into_iter()
        .chain(own.iter().map(|(n, b)| (*n, b)))
        .collect();
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    write_str(&mut out, language.code());
    out.extend((sections.len() as u32).to_le_bytes());
    for (name, bytes) in sections {
        write_str(&mut out, name);
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(bytes);
    }
    out
}

/// Takes values off the front of a model file or section.
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

    pub(crate) fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(count.saturating_mul(4))?;
        let number = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Ok(bytes.chunks_exact(4).map(number).collect())
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
