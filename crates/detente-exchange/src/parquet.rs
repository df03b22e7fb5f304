//! Parquet with typed columns and lists, written without an Arrow in memory.

use std::{io::Write, sync::Arc};

use ::parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type},
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type as Node, TypePtr},
};
use detente_record::Entry;

use crate::{
    ExchangeError,
    column::{COLUMNS, Cell, Type},
};

/// Rows of a row group.
const GROUP: usize = 65_536;

type Result<T> = std::result::Result<T, ExchangeError>;

/// Collects rows and writes them in groups.
pub(crate) struct Writer<'o> {
    file: SerializedFileWriter<&'o mut (dyn Write + Send)>,
    /// One vector for each column.
    cells: Vec<Vec<Cell>>,
}

impl<'o> Writer<'o> {
    pub(crate) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("detente".to_owned())
            .set_key_value_metadata(Some(vec![KeyValue::new(
                "detente.form".to_owned(),
                "facts/1".to_owned(),
            )]))
            .build();
        Ok(Self {
            file: SerializedFileWriter::new(out, schema()?, Arc::new(properties))?,
            cells: COLUMNS.iter().map(|_| Vec::new()).collect(),
        })
    }

    pub(crate) fn push(&mut self, entry: &Entry) -> Result<()> {
        for (cells, column) in self.cells.iter_mut().zip(COLUMNS) {
            cells.push((column.cell)(entry));
        }
        if self.cells[0].len() >= GROUP {
            self.group()?;
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        if !self.cells[0].is_empty() {
            self.group()?;
        }
        self.file.close()?;
        Ok(())
    }

    fn group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        let mut columns = self.cells.iter_mut().zip(COLUMNS);
        while let Some(mut writer) = group.next_column()? {
            if let Some((cells, column)) = columns.next() {
                write(&mut writer, column.kind, &std::mem::take(cells))?;
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

/// The schema: optional leaves, and lists in the three levels that Parquet prescribes.
fn schema() -> Result<TypePtr> {
    let leaf = |name: &str, physical: Physical, repetition: Repetition| {
        Node::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type((physical == Physical::BYTE_ARRAY).then_some(LogicalType::String))
            .build()
            .map(Arc::new)
    };
    let mut fields = Vec::new();
    for column in COLUMNS {
        let name = column.name;
        fields.push(match column.kind {
            Type::Text => leaf(name, Physical::BYTE_ARRAY, Repetition::OPTIONAL)?,
            Type::Int => leaf(name, Physical::INT64, Repetition::OPTIONAL)?,
            Type::Real => leaf(name, Physical::DOUBLE, Repetition::OPTIONAL)?,
            Type::List => {
                let element = leaf("element", Physical::BYTE_ARRAY, Repetition::REQUIRED)?;
                let list = Node::group_type_builder("list")
                    .with_repetition(Repetition::REPEATED)
                    .with_fields(vec![element])
                    .build()?;
                Arc::new(
                    Node::group_type_builder(name)
                        .with_repetition(Repetition::REQUIRED)
                        .with_logical_type(Some(LogicalType::List))
                        .with_fields(vec![Arc::new(list)])
                        .build()?,
                )
            }
        });
    }
    let root = Node::group_type_builder("fact")
        .with_fields(fields)
        .build()?;
    Ok(Arc::new(root))
}

fn write(writer: &mut SerializedColumnWriter<'_>, kind: Type, cells: &[Cell]) -> Result<()> {
    let mut levels: Vec<i16> = Vec::with_capacity(cells.len());
    match kind {
        Type::Text => {
            let mut values = Vec::new();
            for cell in cells {
                let value = match cell {
                    Cell::Text(value) => value.as_deref(),
                    _ => None,
                };
                levels.push(i16::from(value.is_some()));
                values.extend(value.map(ByteArray::from));
            }
            let typed = writer.typed::<ByteArrayType>();
            typed.write_batch(&values, Some(&levels), None)?;
        }
        Type::Int => {
            let mut values = Vec::new();
            for cell in cells {
                let value = match cell {
                    Cell::Int(value) => *value,
                    _ => None,
                };
                levels.push(i16::from(value.is_some()));
                values.extend(value);
            }
            let typed = writer.typed::<Int64Type>();
            typed.write_batch(&values, Some(&levels), None)?;
        }
        Type::Real => {
            let mut values = Vec::new();
            for cell in cells {
                let value = match cell {
                    Cell::Real(value) => *value,
                    _ => None,
                };
                levels.push(i16::from(value.is_some()));
                values.extend(value);
            }
            let typed = writer.typed::<DoubleType>();
            typed.write_batch(&values, Some(&levels), None)?;
        }
        Type::List => {
            // Definition 0: an empty list, 1: an element. Repetition 0: a new row, 1: its next.
            let mut values = Vec::new();
            let mut repetition: Vec<i16> = Vec::new();
            for cell in cells {
                let list = match cell {
                    Cell::List(list) => list.as_slice(),
                    _ => &[],
                };
                if list.is_empty() {
                    levels.push(0);
                    repetition.push(0);
                }
                for (i, value) in list.iter().enumerate() {
                    levels.push(1);
                    repetition.push(i16::from(i > 0));
                    values.push(ByteArray::from(value.as_str()));
                }
            }
            let typed = writer.typed::<ByteArrayType>();
            typed.write_batch(&values, Some(&levels), Some(&repetition))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use detente_extract::{Fact, Kind, Value};
    use detente_text::{CodePoints, Language, Span};

    use super::*;

    fn entry(source: &[&str], value: Option<f64>) -> Entry {
        let text = "Seoul protested";
        let span = Span::new(0, 15);
        let points = CodePoints::new(text);
        let mut fact = Fact::new(
            "a.txt",
            Language::En,
            Kind::Event,
            text,
            &points,
            span,
            span,
            "test",
        );
        fact.source = source.iter().map(|s| (*s).to_owned()).collect();
        fact.value = value.map(Value::Number);
        Entry {
            fact,
            fact_id: 1,
            duplicate_of: None,
            event: None,
            document_date: None,
            outlet: None,
        }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let mut file = Vec::new();
        let mut writer = Writer::new(&mut file).unwrap();
        writer.push(&entry(&["KOR", "JPN"], None)).unwrap();
        writer.push(&entry(&[], Some(41.5))).unwrap();
        writer.push(&entry(&["USA"], None)).unwrap();
        writer.finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        let rows: Vec<serde_json::Value> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| {
                let fields = row.unwrap();
                let text = |name: &str| {
                    let value = fields.get_column_iter().find(|(n, _)| *n == name);
                    serde_json::Value::from(value.unwrap().1.to_string())
                };
                serde_json::json!([text("source"), text("value"), text("end"), text("kind")])
            })
            .collect();
        assert_eq!(
            serde_json::Value::from(rows),
            serde_json::json!([
                ["[\"KOR\", \"JPN\"]", "null", "15", "\"event\""],
                ["[]", "41.5", "15", "\"event\""],
                ["[\"USA\"]", "null", "15", "\"event\""],
            ])
        );
    }
}
