use docbao::respell::respell;
#[test]
fn cases() {
    let mut bad = 0;
    let mut n = 0;
    for line in
        include_str!("cases/phonemize/respell.tsv").lines().filter(|l| !l.starts_with('#')).skip(1)
    {
        let (w, s) = line.split_once('\t').unwrap();
        n += 1;
        let got = w.split(' ').map(respell).collect::<Vec<_>>().join(" ");
        if got != s {
            bad += 1;
            println!("{w}\twant {s}\tgot {got}");
        }
    }
    println!("{bad} of {n}");
    assert_eq!(bad, 0);
}
