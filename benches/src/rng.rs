//! Bytes that are the same in every run.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

/// Counts. No secret of the benches is one.
pub struct Counter(pub u64);

impl TryRng for Counter {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(1);
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let number = self.try_next_u64()?.to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(number) {
                *to = from;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}
