//! Memory that is used again: asking the system for megabytes a hundred times per second, and having it
//! clear them, takes a sixth of the time that a voice takes.

/// Buffers that were given back.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    free: Vec<Vec<f32>>,
}

/// So many are kept. More are of no use, as a step works with three and leaves few for later ones.
const MOST: usize = 5;

impl Buffers {
    /// So many zeros, in the smallest buffer that holds them.
    pub(super) fn take(&mut self, length: usize) -> Vec<f32> {
        let holds = self.free.iter().enumerate().filter(|(_, free)| free.capacity() >= length);
        let place = holds.min_by_key(|(_, free)| free.capacity()).map(|(place, _)| place);
        let mut buffer = place.map(|place| self.free.swap_remove(place)).unwrap_or_default();
        buffer.clear();
        buffer.resize(length, 0.0);
        buffer
    }

    /// Keeps a buffer for later, and of too many the larger ones.
    pub(super) fn give(&mut self, buffer: Vec<f32>) {
        if buffer.capacity() == 0 {
            return;
        }
        self.free.push(buffer);
        if self.free.len() > MOST {
            let smallest = self.free.iter().enumerate().min_by_key(|(_, free)| free.capacity());
            if let Some((place, _)) = smallest {
                self.free.swap_remove(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_taken_again() {
        let mut buffers = Buffers::default();
        let mut first = buffers.take(100);
        first.fill(1.0);
        let place = first.as_ptr();
        buffers.give(first);
        buffers.give(Vec::with_capacity(5000));
        let again = buffers.take(80);
        assert_eq!((again.as_ptr(), again.as_slice()), (place, &[0.0; 80][..]));
    }

    #[test]
    fn no_more_are_kept_than_are_of_use() {
        let mut buffers = Buffers::default();
        (1..100).for_each(|size| buffers.give(Vec::with_capacity(size * 1000)));
        assert_eq!(buffers.free.len(), MOST);
        assert!(buffers.free.iter().all(|free| free.capacity() >= (100 - MOST) * 1000));
    }
}
