//! Episodes keep their GUID and the names of their files.

use std::fs;

use super::show::{Show, article};

#[test]
fn a_guid_survives_whatever_happens_to_the_article() {
    let show = Show::with_days(&[4, 5]);
    show.build(&[]);
    let before = show.known();
    let (four, five) = (before["Tin ngày 4"].clone(), before["Tin ngày 5"].clone());
    assert_ne!(four.0, five.0);

    // Retitled and corrected.
    show.write(
        "tin-4.txt",
        article(4, "mưa to").replace("Tin ngày 4", "Tin mưa lớn").replace("Mai", "Ngày mai"),
    );
    show.build(&[]);
    // What was published under a name stays as it is: the new sound has a name of its own.
    let four = (four.0, four.1.replace("tin-4.mp3", "tin-4.2.mp3"));
    assert_eq!(show.known()["Tin mưa lớn"], four);
    // Moved, and the whole folder with it.
    fs::create_dir(show.path("2024")).unwrap();
    fs::rename(show.path("tin-4.txt"), show.path("2024/mua.txt")).unwrap();
    show.build(&[]);
    let known = show.known();
    assert_eq!((&known["Tin mưa lớn"], &known["Tin ngày 5"]), (&four, &five));
    // Spoken again, with another voice.
    show.build(&["--force", "--rate", "2"]);
    let four = (four.0, four.1.replace("tin-4.2.mp3", "tin-4.3.mp3"));
    assert_eq!(show.known()["Tin mưa lớn"], four);
    // Built in another folder, from what is kept in version control.
    let other = Show::new("");
    for name in ["2024/mua.txt", "tin-5.txt", "episodes.toml"] {
        other.write(name, fs::read(show.path(name)).unwrap());
    }
    other.build(&[]);
    let guids = |show: &Show| show.known().into_values().map(|(guid, _)| guid).collect::<Vec<_>>();
    assert_eq!(guids(&other), guids(&show));
    // The show moves: nothing changes but the addresses.
    let toml = show.read("podcast.toml").replace("docbao.internal/podcast/", "example.com/");
    show.write("podcast.toml", toml);
    let guid = |feed: String| feed.split("<podcast:guid>").nth(1).unwrap()[..36].to_owned();
    let of_show = guid(show.read("public/feed.xml"));
    show.build(&[]);
    assert_eq!(guid(show.read("public/feed.xml")), of_show);
    assert_eq!(show.known()["Tin mưa lớn"].0, four.0);
    assert_eq!(show.known()["Tin mưa lớn"].1, "https://example.com/episodes/tin-4.4.mp3");
}

#[test]
fn the_front_matter_gives_a_guid_once() {
    let show = Show::with_days(&[4]);
    for name in ["a.txt", "b.txt"] {
        show.write(name, format!("---\nguid: mua\n---\n{}", article(6, name)));
    }
    let output = show.try_build(&[]);
    assert_eq!(output.status.code(), Some(1));
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(reported.contains("b.txt") && reported.contains("`guid` mua"), "{reported}");
    assert_eq!(show.known().len(), 2, "the others are published");
}
