//! Arguments that say how an article is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use clap::Args;

use super::lexicons::{self, Projects};
use super::source;
use crate::job::Context;
use crate::model::article::{Article, BlockKind};
use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::pauses::Pauses;
use crate::model::reading_options::{
    Addresses, Decimals, Documents, Foreign, LeadingZero, NumberStyle, Options, Passages, Per,
    Profile, Thousand, Years, ZeroTen,
};
use crate::model::reading_policy::{ReadingPolicy, parse_kinds};
use crate::model::request::{LexiconText, ReadingSettings, Request, Source};
use crate::text::{FrontEnd, lexicon_file};

/// How an article's text is taken.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct ReadArgs {
    /// Read these parts of the article too, separated by commas: title, dateline, sapo, heading,
    /// paragraph, list, quote, caption, byline, repetition, related, boilerplate. By default
    /// dateline, caption, repetition, related and boilerplate are not read.
    #[arg(long, value_name = "PARTS", value_parser = parts)]
    read: Option<Parts>,
    /// Leave these parts of the article out, separated by commas; the names are those of --read.
    #[arg(long, value_name = "PARTS", value_parser = parts)]
    skip: Option<Parts>,
    /// The encoding of the text, if it is not recognized correctly: utf-8, utf-16le, utf-16be,
    /// windows-1258, tcvn3 or vni.
    #[arg(long, value_name = "NAME", value_parser = Encoding::from_str)]
    pub encoding: Option<Encoding>,
    /// A lexicon: a file of your readings, which beat every rule. It is a table with the columns
    /// `written` and `said` (docs/normalization.md lists the others), separated by tabs, commas or
    /// semicolons, or a W3C pronunciation lexicon (.pls). May be given several times; a later file beats
    /// an earlier one, and each beats the lexicons that are found by themselves: yours, and over it the
    /// project's, docbao.lexicon.tsv in the folder of the article or above it.
    #[arg(long, value_name = "FILE", help_heading = None)]
    lexicon: Vec<PathBuf>,
    /// Leave out the lexicons that are found by themselves; those that are named count.
    #[arg(long, help_heading = None)]
    no_lexicon: bool,
    /// What the text is about, for readings that depend on it: auto (found from its words), news,
    /// finance, sport, law, weather, health, education, technology, show or crypto.
    #[arg(long, value_name = "DOMAIN", value_parser = Profile::from_str)]
    profile: Option<Profile>,
    /// Foreign words in the spoken text: keep them as written (the voice reads them in Vietnamese
    /// syllables), respell them (transliterate them into Vietnamese syllables), or spell their letters.
    #[arg(long, value_name = "HOW", value_parser = Foreign::from_str)]
    foreign: Option<Foreign>,
    /// Passages in other languages, a sentence or more, that no voice is there for (see --voice-for):
    /// read them as foreign words are read, or skip them. Both are reported.
    #[arg(long, value_name = "HOW", value_parser = Passages::from_str)]
    passages: Option<Passages>,
    /// Addresses of the web: say them whole, say only the domain (the name of the site), or skip
    /// them. Addresses of e-mail are always said.
    #[arg(long, value_name = "HOW", value_parser = Addresses::from_str)]
    addresses: Option<Addresses>,
    /// The number of a document whose type was just named, as in Thông tư số 64/2013/TT-BTC: short
    /// (the type once: của Bộ Tài chính) or full (thông tư Bộ Tài chính).
    #[arg(long, value_name = "HOW", value_parser = Documents::from_str)]
    documents: Option<Documents>,
    /// The word for a thousand: nghìn or ngàn.
    #[arg(long, value_name = "WORD", value_parser = Thousand::from_str)]
    thousand: Option<Thousand>,
    /// The word for an empty ten, as in 105: linh or lẻ.
    #[arg(long, value_name = "WORD", value_parser = ZeroTen::from_str)]
    zero_ten: Option<ZeroTen>,
    /// The zero of a count such as 02 Nghị quyết: drop it or say it.
    #[arg(long, value_name = "HOW", value_parser = LeadingZero::from_str)]
    leading_zero: Option<LeadingZero>,
    /// Two decimals: as a number (phẩy sáu mươi mốt) or as digits (phẩy sáu một).
    #[arg(long, value_name = "HOW", value_parser = Decimals::from_str)]
    decimals: Option<Decimals>,
    /// Years such as 2021: full (hai nghìn không trăm hai mươi mốt) or short (hai nghìn hai mươi
    /// mốt).
    #[arg(long, value_name = "HOW", value_parser = Years::from_str)]
    years: Option<Years>,
    /// The word for the stroke of 25.000 đồng/kg and of 2h/ngày: một, mỗi or trên.
    #[arg(long, value_name = "WORD", value_parser = Per::from_str)]
    per: Option<Per>,
    /// Also fetch articles from addresses of this machine and of private networks. Without it, an
    /// address that begins with http:// or https:// may lead to the public network only.
    #[arg(long)]
    allow_private_addresses: bool,
}

/// Parts of an article.
#[derive(Debug, Clone)]
struct Parts(Vec<BlockKind>);

fn parts(list: &str) -> Result<Parts, Error> {
    parse_kinds(list).map(Parts)
}

impl ReadArgs {
    /// Which blocks are to be read.
    pub(super) fn policy(&self) -> ReadingPolicy {
        let kinds = |parts: &Option<Parts>| parts.as_ref().map_or(vec![], |parts| parts.0.clone());
        ReadingPolicy::default().read(&kinds(&self.read)).skip(&kinds(&self.skip))
    }

    /// Whether they say which parts of an article are read.
    pub(super) fn chooses_parts(&self) -> bool {
        self.read.is_some() || self.skip.is_some()
    }

    /// The settings they ask for, with the texts of the lexicons and with these pauses. The lexicon of a
    /// project is still to be added: see [`ReadArgs::add_project`].
    pub(super) fn settings(&self, pauses: Pauses) -> Result<ReadingSettings, Error> {
        let defaults = Options::default();
        let style = defaults.style;
        let options = Options {
            profile: self.profile.unwrap_or(defaults.profile),
            foreign: self.foreign.unwrap_or(defaults.foreign),
            passages: self.passages.unwrap_or(defaults.passages),
            addresses: self.addresses.unwrap_or(defaults.addresses),
            documents: self.documents.unwrap_or(defaults.documents),
            style: NumberStyle {
                thousand: self.thousand.unwrap_or(style.thousand),
                zero_ten: self.zero_ten.unwrap_or(style.zero_ten),
                leading_zero: self.leading_zero.unwrap_or(style.leading_zero),
                decimals: self.decimals.unwrap_or(style.decimals),
                years: self.years.unwrap_or(style.years),
                per: self.per.unwrap_or(style.per),
            },
        };
        let user = self.user_lexicon();
        let lexicons = user.iter().chain(&self.lexicon).map(|path| lexicon_file::read(path));
        let lexicons = lexicons.collect::<Result<_, Error>>()?;
        Ok(ReadingSettings {
            encoding: self.encoding,
            parts: self.policy(),
            options,
            lexicons,
            pauses,
            allow_private_addresses: self.allow_private_addresses,
            ..ReadingSettings::default()
        })
    }

    /// The user's own lexicon, if it counts and is there.
    fn user_lexicon(&self) -> Option<PathBuf> {
        lexicons::user().filter(|path| !self.no_lexicon && path.is_file())
    }

    /// Adds the lexicon of the project that the source of a request is in to how it is read.
    pub(super) fn add_project(&self, request: &mut Request) -> Result<(), Error> {
        let found = self.projects(&mut Projects::default(), &request.source)?;
        self.add(found, &mut request.reading);
        Ok(())
    }

    /// The lexicons of the projects that a source is in, if they count.
    pub(super) fn projects(
        &self,
        projects: &mut Projects,
        source: &Source,
    ) -> Result<Vec<LexiconText>, Error> {
        if self.no_lexicon { Ok(Vec::new()) } else { projects.of(source) }
    }

    /// The article that an argument names, and the request with the lexicon of its project.
    pub(super) fn article(
        &self,
        manner: &Request,
        projects: &mut Projects,
        file: &Path,
    ) -> Result<(Request, Article), Error> {
        let mut request = Request { source: source::source(file)?, ..manner.clone() };
        let found = self.projects(projects, &request.source)?;
        self.add(found, &mut request.reading);
        let article = source::read(file, &request.source, &request.reading)?;
        Ok((request, article))
    }

    /// Puts lexicons of projects among those of the settings: they beat the user's own, and those that are
    /// named beat them.
    pub(super) fn add(&self, projects: Vec<LexiconText>, settings: &mut ReadingSettings) {
        let at = settings.lexicons.len() - self.lexicon.len();
        settings.lexicons.splice(at..at, projects);
    }

    /// The settings for the article that an argument names, with all lexicons and these pauses.
    pub(super) fn settings_of(
        &self,
        article: &Path,
        pauses: Pauses,
    ) -> Result<ReadingSettings, Error> {
        let mut settings = self.settings(pauses)?;
        let is_file = !source::is_standard_input(article) && !source::is_address(article);
        let path = if is_file { article.to_owned() } else { PathBuf::new() };
        let found = self.projects(&mut Projects::default(), &Source::File(path))?;
        self.add(found, &mut settings);
        Ok(settings)
    }

    /// The front end that the options and the lexicons ask for an article, with these pauses.
    pub(super) fn front_end_of(
        &self,
        article: &Path,
        pauses: Pauses,
    ) -> Result<Arc<FrontEnd>, Error> {
        Context::default().front_end(&self.settings_of(article, pauses)?)
    }

    /// The files of the lexicons that count for the articles of sources.
    pub(super) fn lexicons<'a>(
        &self,
        sources: impl IntoIterator<Item = &'a Source>,
    ) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = self.lexicon.clone();
        files.extend(self.user_lexicon());
        if !self.no_lexicon {
            let folders: BTreeSet<_> = sources.into_iter().flat_map(lexicons::folders_of).collect();
            files.extend(folders.iter().filter_map(|folder| lexicons::project(folder)));
        }
        files.sort();
        files.dedup();
        files
    }
}
