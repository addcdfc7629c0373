//! What a page says and leads to besides its article.

/// What a page says and leads to besides the article and its sound.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageInfo<'a> {
    /// The title of an article that has none.
    pub title: &'a str,
    /// Where the article is on the web; by default what the article says of itself.
    pub source: Option<&'a str>,
    /// The page that leads to this one.
    pub home: Option<Home<'a>>,
    /// The address of the picture that the lock screen of a telephone shows, relative to the page; by
    /// default the page draws one.
    pub picture: Option<&'a str>,
    /// What other sites show of it.
    pub web: Option<Web<'a>>,
}

/// The page that leads to this one.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// Its address, relative to this page.
    pub address: &'a str,
    /// What it is called.
    pub name: &'a str,
}

/// What other sites show of a page when somebody shares it (Open Graph, ogp.me). Addresses are
/// absolute.
#[derive(Debug, Clone, Copy)]
pub struct Web<'a> {
    /// The address of the page.
    pub url: &'a str,
    /// What it is about.
    pub description: &'a str,
    /// The name of the site.
    pub site: &'a str,
    /// The address of a picture.
    pub image: &'a str,
    /// The address of the sound.
    pub sound: &'a str,
}
