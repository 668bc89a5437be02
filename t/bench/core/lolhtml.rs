//! lolhtml [-n PASSES] [-o FOLDER] HOSTS FILE...
//!
//! Takes out script, iframe, img, link, embed and source that lead to a host of
//! HOSTS, or one beneath it, in chunks of 16 KiB.  Prints the bytes and the CPU
//! seconds of a pass, a line each.

use lol_html::{element, HtmlRewriter, Settings};
use std::collections::HashSet;
use std::{env, fs};

const CHUNK: usize = 16384;

// tag and the attribute that it fetches
const FETCHES: [(&str, &str); 6] = [
    ("script[src]", "src"),
    ("iframe[src]", "src"),
    ("img[src]", "src"),
    ("link[href]", "href"),
    ("embed[src]", "src"),
    ("source[src]", "src"),
];

fn refused(url: &str, hosts: &HashSet<String>) -> bool {
    let rest = match url.trim_start().split_once("//") {
        Some(("" | "http:" | "https:", rest)) => rest,
        _ => return false,
    };

    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let host = rest[..end].to_ascii_lowercase();
    let mut name = host.as_str();

    loop {
        if hosts.contains(name) {
            return true;
        }

        match name.split_once('.') {
            Some((_, parent)) => name = parent,
            None => return false,
        }
    }
}

fn rewrite(page: &[u8], hosts: &HashSet<String>, sink: &mut dyn FnMut(&[u8])) {
    let mut settings = Settings::new().with_strict(false);

    for &(selector, name) in &FETCHES {
        settings = settings.append_element_content_handler(element!(
            selector,
            move |el| {
                if el.get_attribute(name).is_some_and(|u| refused(&u, hosts)) {
                    el.remove();
                }
                Ok(())
            }
        ));
    }

    let mut rewriter = HtmlRewriter::new(settings, |c: &[u8]| sink(c));

    for chunk in page.chunks(CHUNK) {
        rewriter.write(chunk).expect("write");
    }

    rewriter.end().expect("end");
}

#[repr(C)]
struct Timespec {
    sec: i64,
    nsec: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, now: *mut Timespec) -> i32;
}

fn cpu() -> f64 {
    const CLOCK_PROCESS_CPUTIME_ID: i32 = 2;

    let mut now = Timespec { sec: 0, nsec: 0 };

    // std has no clock of the CPU's; this one always answers
    unsafe { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mut now) };

    now.sec as f64 + now.nsec as f64 / 1e9
}

fn main() {
    let mut passes = 1;
    let mut folder = None;
    let mut args = env::args().skip(1).peekable();

    while let Some(option) = args.next_if(|a| a.starts_with('-')) {
        let value = args.next().expect("a value");

        match option.as_str() {
            "-n" => passes = value.parse().expect("a number"),
            "-o" => folder = Some(value),
            _ => panic!("unknown option {option}"),
        }
    }

    let list = fs::read_to_string(args.next().expect("HOSTS")).expect("HOSTS");
    let hosts = list.lines().map(str::to_owned).collect();

    let pages: Vec<Vec<u8>> =
        args.map(|file| fs::read(file).expect("a page")).collect();

    if let Some(folder) = folder {
        for (i, page) in pages.iter().enumerate() {
            let mut out = Vec::new();
            rewrite(page, &hosts, &mut |c| out.extend_from_slice(c));
            fs::write(format!("{folder}/{i}"), out).expect("output");
        }
        return;
    }

    for _ in 0..passes {
        let start = cpu();
        let mut written = 0;

        for page in &pages {
            rewrite(page, &hosts, &mut |c| written += c.len());
        }

        let bytes: usize = pages.iter().map(Vec::len).sum();
        println!("{} {:.9} {}", bytes, cpu() - start, written);
    }
}
