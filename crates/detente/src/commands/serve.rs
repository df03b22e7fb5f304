//! `detente serve`: the record in a browser and over HTTP.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use detente_codebook::Codebook;
use detente_record::Coders;
use detente_server::{Intake, Settings};

use crate::{
    coding::{Coding, CodingArgs},
    console::{self, Output},
    failure::{Done, Failure, Result},
    filter::RecordArg,
};

/// Show the record in a browser and answer programs over HTTP
///
/// Pages are readable without scripts and each has a JSON twin (the same address with .json);
/// programs use /api/v1, described by /api/v1/openapi.json. The server reads the record while runs
/// write to it. Documents that are sent to it are kept in a folder beside the record and read by
/// the same run as `detente run`.
///
/// Only this machine can reach the server unless --listen names another address; then every
/// request must bear the token. The server speaks plain HTTP: put a proxy with TLS in front of it
/// where others listen on the line.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente serve --record jpn-kor.db
  detente serve --record jpn-kor.db --listen 127.0.0.1:9000 --read-only
  DETENTE_TOKEN=$(openssl rand -hex 24) detente serve --record jpn-kor.db --listen 0.0.0.0:8080
  curl 'http://127.0.0.1:8080/api/v1/facts?kind=event&from=2012-08'
  curl -H 'Accept: text/csv' 'http://127.0.0.1:8080/api/v1/facts?issue=gsomia' > gsomia.csv
  curl -H 'X-Detente: 1' -H 'Content-Type: application/pdf' --data-binary @report.pdf \\
       'http://127.0.0.1:8080/api/v1/documents?outlet=Wire&date=2024-05-01'")]
pub(crate) struct Serve {
    #[command(flatten)]
    record: RecordArg,

    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// What every request must bear; needed when --listen is not of this machine alone
    #[arg(
        long,
        value_name = "TOKEN",
        env = "DETENTE_TOKEN",
        hide_env_values = true
    )]
    token: Option<String>,

    /// Where documents are kept that are sent to the server; RECORD.documents if not given
    #[arg(long, value_name = "FOLDER")]
    documents: Option<PathBuf>,

    /// Take no documents
    #[arg(long)]
    read_only: bool,

    /// Requests of one address a second
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
}

impl Serve {
    pub(crate) fn carry_out(self, _out: &mut Output) -> Result {
        // Fails early and with the usual words if there is no record.
        let dyad = self.record.open()?.meta("dyad")?.unwrap_or_default();
        let record = self.record.record;
        let mut settings = Settings::new(&record);
        settings.token = self.token;
        if let Some(rate) = self.rate {
            settings.rate.a_second = f64::from(rate);
            settings.rate.burst = f64::from(rate) * 2.0;
        }
        let intake = (!self.read_only).then(|| {
            let mut folder = record.clone().into_os_string();
            folder.push(".documents");
            let folder = self.documents.unwrap_or_else(|| folder.into());
            let args = CodingArgs {
                date: None,
                dyad: dyad.clone(),
                codebook: None,
                conllu: None,
                ranker: None,
            };
            let coders = Box::new(move || match Coding::new(&args, None) {
                Ok(coding) => Ok(Box::new(coding) as Box<dyn Coders + Send>),
                Err(failure) => Err(failure.message),
            });
            Intake::start(record.clone(), folder, dyad, coders)
        });
        let book = Codebook::embedded();
        detente_server::serve(settings, self.listen, &book, intake, |address| {
            console::say(&format!("{} at http://{address}", record.display()));
        })
        .map_err(|error| {
            let failure = Failure::new(error.code(), error.to_string());
            match error.hint() {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        })?;
        Ok(Done::All)
    }
}
