//! A show to try things on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The address of the show.
pub(crate) const BASE: &str = "https://docbao.internal/podcast/";

/// The head of a picture file: as much as is looked at.
pub(crate) fn png(width: u32, height: u32, colours: u8) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &[8, colours, 0, 0, 0]].concat();
    [&head[..], b"\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

/// A folder of articles.
pub(crate) struct Show(pub(crate) TempDir);

impl Show {
    /// An empty one with the example's settings and these at its head.
    pub(crate) fn new(settings: &str) -> Show {
        let show = Show(TempDir::new().unwrap());
        let output = show.run(&["podcast", "init", "."]);
        assert!(output.status.success(), "{output:?}");
        let toml = show.read("podcast.toml").replace("example.org", "docbao.internal");
        let toml = toml.replace("intro = \"jingle.wav\"", "");
        show.write("podcast.toml", format!("{settings}\n{toml}"));
        show.write("cover.png", png(1400, 1400, 2));
        show
    }

    /// One with articles of these days of March 2024.
    pub(crate) fn with_days(days: &[u32]) -> Show {
        let show = Show::new("");
        days.iter().for_each(|day| show.article(&format!("tin-{day}.txt"), *day, "mưa to"));
        show
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// An article of a day of March 2024.
    pub(crate) fn article(&self, name: &str, day: u32, news: &str) {
        self.write(name, article(day, news));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.current_dir(self.0.path()).env("XDG_CONFIG_HOME", self.path("none"));
        command.args(arguments).output().unwrap()
    }

    pub(crate) fn try_build(&self, arguments: &[&str]) -> Output {
        let build = ["podcast", "build", "--voice", "tone", "--no-cache", "--rate", "3"];
        let now = ["--now", "2024-04-01T00:00:00Z"];
        self.run(&[&build[..], &now, arguments].concat())
    }

    pub(crate) fn build(&self, arguments: &[&str]) -> String {
        let output = self.try_build(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A page of its feed.
    pub(crate) fn feed(&self, name: &str) -> rss::Channel {
        rss::Channel::read_from(self.read(&format!("public/{name}")).as_bytes()).unwrap()
    }

    /// The name of the file of a later page of its feed, as the first one leads to it.
    pub(crate) fn later_page(&self, number: usize) -> String {
        let mut name = "feed.xml".to_owned();
        for _ in 1..number {
            let page = self.read(&format!("public/{name}"));
            let next = page.lines().find(|line| line.contains("rel=\"next\"")).unwrap();
            let url = next.split('"').nth(1).unwrap();
            name = url.strip_prefix(BASE).unwrap().to_owned();
        }
        name
    }

    /// The GUID and the enclosure of each episode, by title.
    pub(crate) fn known(&self) -> BTreeMap<String, (String, String)> {
        let items = self.feed("feed.xml").items.into_iter();
        let of = |item: rss::Item| {
            let (guid, sound) = (item.guid.unwrap().value, item.enclosure.unwrap().url);
            (item.title.unwrap(), (guid, sound))
        };
        items.map(of).collect()
    }

    /// Every file of the folder that is published, with its bytes.
    pub(crate) fn published(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("public"), &self.path("public"), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.is_file() {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

/// The text of an article of a day of March 2024.
pub(crate) fn article(day: u32, news: &str) -> String {
    format!(
        "Tin ngày {day}\n\n{day:02}/03/2024 06:30\n\nHôm nay trời {news} ở khắp nơi, nhiều nơi trên {day} mm.\n\n\
         Người dân cần đề phòng.\n\nMai trời nắng.\n"
    )
}
