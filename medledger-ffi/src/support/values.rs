//! Scalars, lists, and what makes words and values of the sdk's.

use medledger_sdk::api::{Bytes, Count};

use super::{At, Give, MedledgerError, Take};

/// Types that are the same on both sides.
macro_rules! same {
    ($($of:ty),*) => {
        $(
            impl Take<$of> for $of {
                fn take(self, _: At<'_>) -> Result<$of, MedledgerError> {
                    Ok(self)
                }
            }

            impl Give<$of> for $of {
                fn give(self) -> $of {
                    self
                }
            }
        )*
    };
}

same!((), bool, u64, String, Vec<u8>);

/// Types that the sdk has a newtype of.
macro_rules! within {
    ($($of:ty: $newtype:ident),*) => {
        $(
            impl Take<$newtype> for $of {
                fn take(self, _: At<'_>) -> Result<$newtype, MedledgerError> {
                    Ok($newtype(self))
                }
            }

            impl Give<$of> for $newtype {
                fn give(self) -> $of {
                    self.0
                }
            }
        )*
    };
}

within!(u64: Count, Vec<u8>: Bytes);

impl<A: Take<B>, B> Take<Option<B>> for Option<A> {
    fn take(self, at: At<'_>) -> Result<Option<B>, MedledgerError> {
        self.map(|one| one.take(at)).transpose()
    }
}

impl<A: Give<B>, B> Give<Option<B>> for Option<A> {
    fn give(self) -> Option<B> {
        self.map(Give::give)
    }
}

impl<A: Take<B>, B> Take<Vec<B>> for Vec<A> {
    fn take(self, at: At<'_>) -> Result<Vec<B>, MedledgerError> {
        self.into_iter().enumerate().map(|(index, one)| one.take(At::Item(&at, index))).collect()
    }
}

impl<A: Give<B>, B> Give<Vec<B>> for Vec<A> {
    fn give(self) -> Vec<B> {
        self.into_iter().map(Give::give).collect()
    }
}

/// An enum of words as the sdk has it.
macro_rules! word {
    ($(#[$meta:meta])* $name:ident = $of:path { $( $(#[$doc:meta])* $word:ident ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
        pub enum $name { $( $(#[$doc])* $word ),* }

        impl $crate::support::Take<$of> for $name {
            fn take(self, _: $crate::support::At<'_>) -> Result<$of, $crate::MedledgerError> {
                type Of = $of;
                Ok(match self { $( Self::$word => Of::$word ),* })
            }
        }

        impl $crate::support::Give<$name> for $of {
            fn give(self) -> $name {
                match self { $( Self::$word => $name::$word ),* }
            }
        }
    };
}

/// A value as the sdk has it, field by field.
macro_rules! value {
    ($(#[$meta:meta])* $name:ident = $of:path { $( $(#[$attribute:meta])* $field:ident: $type:ty ),* $(,)? }) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash, uniffi::Record)]
        $(#[$meta])*
        pub struct $name { $( $(#[$attribute])* pub $field: $type ),* }

        impl $crate::support::Take<$of> for $name {
            fn take(self, at: $crate::support::At<'_>) -> Result<$of, $crate::MedledgerError> {
                type Of = $of;
                Ok(Of {
                    $( $field: $crate::support::Take::take(
                        self.$field,
                        $crate::support::At::Field(&at, stringify!($field)),
                    )? ),*
                })
            }
        }

        impl $crate::support::Give<$name> for $of {
            fn give(self) -> $name {
                $name { $( $field: $crate::support::Give::give(self.$field) ),* }
            }
        }
    };
}

pub(crate) use {value, word};
