//! The ids of the last messages in a file, so that repeats are told after a restart, too: one a line, the newest last.
//!
//! What is written survives the end of the program. The last ids before the machine itself loses its power may not: then
//! a repeat looks new, as it does without the file.

use super::recent::REMEMBERED;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Characters of an id.
const ID: usize = 32;

/// The file is written anew when it has this many ids, with those that are remembered.
const MOST: usize = 2 * REMEMBERED;

/// A file of ids, for this program alone.
pub struct Memory {
    file: Locked,
    path: PathBuf,
    lines: usize,
}

/// A file that no other program may open so. A program that is being started has this one's files until it begins, and their
/// locks, unless they are given back by name.
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Memory {
    /// Opens the file, and gives the ids that it holds, the newest last.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<String>)> {
        let mut file = lock(options().open(path)?)?;
        let text = read(&mut file.0)?;
        let ids = ids(&text)?;
        // A file that is written anew takes the place of the one that a link leads to.
        let mut memory = Self { file, path: fs::canonicalize(path)?, lines: ids.len() };
        let kept = ids[ids.len().saturating_sub(REMEMBERED)..].to_vec();
        if !text.is_empty() && (kept.len() < ids.len() || !text.ends_with('\n')) {
            memory.renew(&kept)?;
        }
        Ok((memory, kept))
    }

    /// Adds an id.
    pub fn add(&mut self, id: &str) -> io::Result<()> {
        if self.lines >= MOST {
            let text = fs::read_to_string(&self.path)?;
            let ids = ids(&text)?;
            self.renew(&ids[ids.len().saturating_sub(REMEMBERED)..])?;
        }
        // In one piece, so that it is there whole or not.
        self.file.0.write_all(format!("{id}\n").as_bytes())?;
        self.lines += 1;
        Ok(())
    }

    /// Puts a file of these ids in the place of the old one, which is whole until then.
    fn renew(&mut self, ids: &[String]) -> io::Result<()> {
        let mut name = self.path.clone().into_os_string();
        name.push(".new");
        let _ = fs::remove_file(&name);
        let mut file = lock(options().create_new(true).open(&name)?)?;
        file.0.write_all(ids.iter().flat_map(|id| [id, "\n"]).collect::<String>().as_bytes())?;
        file.0.sync_data()?;
        fs::rename(&name, &self.path)?;
        (self.file, self.lines) = (file, ids.len());
        Ok(())
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    options
}

fn lock(file: File) -> io::Result<Locked> {
    match file.try_lock() {
        Ok(()) => Ok(Locked(file)),
        Err(TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::ResourceBusy, "another program has it open"))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The text of a file that is no longer than one of ids can be.
fn read(file: &mut File) -> io::Result<String> {
    let most = (MOST + 1) * (ID + 1);
    let mut text = String::new();
    let read = file.take(most as u64 + 1).read_to_string(&mut text);
    match read {
        Ok(length) if length <= most => Ok(text),
        Err(error) if error.kind() != io::ErrorKind::InvalidData => Err(error),
        _ => Err(foreign()),
    }
}

fn ids(text: &str) -> io::Result<Vec<String>> {
    let is_id = |line: &str| line.len() == ID && line.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    // What the program was killed in the middle of is not there.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let rest = text.get(whole.len()..).unwrap_or_default().trim_start_matches('\n');
    if rest.len() > ID || !rest.bytes().all(|b| b.is_ascii_hexdigit()) || !whole.split_terminator('\n').all(is_id) {
        return Err(foreign());
    }
    Ok(whole.split_terminator('\n').map(String::from).collect())
}

fn foreign() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it holds something else than ids of messages, and is left as it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let place = Self(std::env::temp_dir().join(format!("xportcn-memory-{}-{name}", std::process::id())));
            let _ = fs::remove_file(&place.0);
            place
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    fn id(number: usize) -> String {
        format!("{number:032x}")
    }

    #[test]
    fn ids_are_there_again_and_the_file_stays_small() {
        let place = Place::new("again");
        let (mut memory, ids) = Memory::open(&place.0).unwrap();
        assert_eq!(ids, Vec::<String>::new());
        for number in 0..5 {
            memory.add(&id(number)).unwrap();
        }
        drop(memory);
        let (mut memory, ids) = Memory::open(&place.0).unwrap();
        assert_eq!(ids, (0..5).map(id).collect::<Vec<_>>());
        for number in 5..3 * MOST {
            memory.add(&id(number)).unwrap();
        }
        let size = usize::try_from(fs::metadata(&place.0).unwrap().len()).unwrap();
        assert!(size <= MOST * (ID + 1), "{size}");
        drop(memory);
        let (_, ids) = Memory::open(&place.0).unwrap();
        assert_eq!(ids, (3 * MOST - REMEMBERED..3 * MOST).map(id).collect::<Vec<_>>());
    }

    #[test]
    fn a_line_that_was_cut_off_costs_no_other() {
        let place = Place::new("cut");
        fs::write(&place.0, format!("{}\n{}\n{}", id(1), id(2), &id(3)[..7])).unwrap();
        let (mut memory, ids) = Memory::open(&place.0).unwrap();
        assert_eq!(ids, [id(1), id(2)]);
        memory.add(&id(4)).unwrap();
        assert_eq!(fs::read_to_string(&place.0).unwrap(), format!("{}\n{}\n{}\n", id(1), id(2), id(4)));
    }

    #[test]
    fn a_file_of_something_else_is_left_as_it_is() {
        let place = Place::new("foreign");
        for text in ["{\"a\":1}", "notes\n", &"x".repeat(1 << 20), &format!("{}\r\n", id(1)), "\n\n"] {
            fs::write(&place.0, text).unwrap();
            let refused = Memory::open(&place.0).err().unwrap_or_else(|| panic!("{text:.40}"));
            assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
            assert_eq!(fs::read_to_string(&place.0).unwrap(), text);
        }
    }

    #[test]
    fn two_programs_do_not_share_it() {
        let place = Place::new("shared");
        let first = Memory::open(&place.0).unwrap();
        let refused = Memory::open(&place.0).err().unwrap();
        assert!(refused.to_string().contains("another program"), "{refused}");
        drop(first);
        Memory::open(&place.0).unwrap();
    }
}
