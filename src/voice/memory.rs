//! A ceiling over the memory that a piece of work holds.
//!
//! The models of voices come from strangers, and what runs them gives them whatever memory they ask
//! for. A program whose allocator is [`Counted`] ends with a reason before such a model takes the
//! machine's memory. It has to end: memory that is asked for in Rust is granted or the program stops.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, RefCell};

thread_local! {
    /// How many bytes the work of this thread may still take; `None` where nothing bounds it.
    static LEFT: Cell<Option<isize>> = const { Cell::new(None) };
    /// What the work of this thread is called.
    static NAME: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The system's allocator, which counts what a thread takes inside [`within`].
pub struct Counted;

/// Does a piece of work on this thread that may hold so many bytes more than at its start. In a
/// program whose allocator is [`Counted`], asking for more ends the program with status 1 and a
/// message that says so of `name`; in another, nothing is counted.
pub fn within<T>(most: isize, name: &str, work: impl FnOnce() -> T) -> T {
    /// Ends the counting however the work ends.
    struct Counting;
    impl Drop for Counting {
        fn drop(&mut self) {
            LEFT.set(None);
        }
    }
    NAME.with_borrow_mut(|known| name.clone_into(known));
    let _counting = Counting;
    LEFT.set(Some(most));
    work()
}

fn taken(bytes: usize) {
    let Some(left) = LEFT.get() else { return };
    // A layout has at most isize::MAX bytes.
    let left = left.saturating_sub(bytes as isize);
    LEFT.set(Some(left));
    if left < 0 {
        refuse();
    }
}

fn given_back(bytes: usize) {
    if let Some(left) = LEFT.get() {
        LEFT.set(Some(left.saturating_add(bytes as isize)));
    }
}

fn refuse() -> ! {
    // What is needed to tell it is not counted.
    LEFT.set(None);
    NAME.with_borrow(|name| {
        eprintln!(
            "docbao: {name} asks for more memory than a voice needs: it is damaged, or made to do \
             harm; take another one"
        );
    });
    std::process::exit(1)
}

// SAFETY: every request goes to the system's allocator unchanged; counting allocates nothing, as both
// values of the thread are made without memory, and does not unwind.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller promises what the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        given_back(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        given_back(layout.size());
        taken(size);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}
