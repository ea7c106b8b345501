//! `wire!`: a type and its encoding from the same lines.

/// Defines a wire type: a struct is the array of its fields, an enum `[code, …fields]`.
///
/// ```
/// medledger_core::wire! {
///     /// A door.
///     #[derive(Clone, Debug, PartialEq, Eq)]
///     pub struct Door {
///         /// Where it is.
///         pub floor: u64,
///         /// What is known of it.
///         pub state: DoorState,
///     }
/// }
/// medledger_core::wire! {
///     /// What is known of a door.
///     #[derive(Clone, Debug, PartialEq, Eq)]
///     pub enum DoorState {
///         /// Shut.
///         0 => Shut,
///         /// Open since some time.
///         1 => Open {
///             /// Milliseconds.
///             since: u64,
///         },
///     }
/// }
/// use medledger_core::{codec, limits};
/// let door = Door { floor: 3, state: DoorState::Open { since: 24 } };
/// let bytes = codec::encode(&door).unwrap();
/// assert_eq!(bytes, [0x82, 0x03, 0x82, 0x01, 0x18, 0x18]);
/// assert_eq!(codec::decode::<Door>(&bytes, &limits::TRANSACTION).unwrap(), door);
/// ```
#[macro_export]
macro_rules! wire {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        $vis struct $name { $( $(#[$fmeta])* $fvis $field : $ty ),* }

        const _: () = {
            use $crate::codec::__private::{
                Deserialize, Deserializer, SeqAccess, Serialize, SerializeTuple, Serializer, Visitor, end, field,
            };

            const FIELDS: &[$crate::codec::Field] = &[ $( (stringify!($field), stringify!($ty)) ),* ];

            impl $crate::codec::Wire for $name {
                const SCHEMA: $crate::codec::Schema = $crate::codec::Schema {
                    name: stringify!($name),
                    shape: $crate::codec::Shape::Struct(FIELDS),
                };
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut tuple = serializer.serialize_tuple(FIELDS.len())?;
                    $( tuple.serialize_element(&self.$field)?; )*
                    tuple.end()
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Fields;
                    impl<'de> Visitor<'de> for Fields {
                        type Value = $name;
                        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                            write!(f, "{} of {} fields", stringify!($name), FIELDS.len())
                        }
                        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$name, A::Error> {
                            $( let $field = field::<$ty, A>(&mut seq, stringify!($name), stringify!($field))?; )*
                            end(seq, stringify!($name))?;
                            Ok($name { $( $field ),* })
                        }
                    }
                    deserializer.deserialize_tuple(FIELDS.len(), Fields)
                }
            }
        };
    };
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $code:literal => $variant:ident $({ $( $(#[$fmeta:meta])* $field:ident : $ty:ty ),* $(,)? })?
            ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[allow(clippy::large_enum_variant, reason = "decoded once and used at once: a box would cost more than it saves")]
        $vis enum $name { $( $(#[$vmeta])* $variant $({ $( $(#[$fmeta])* $field : $ty ),* })? ),* }

        impl $name {
            /// The code that the encoding begins with.
            #[must_use]
            #[allow(dead_code, reason = "a private enum may have no use for it")]
            $vis const fn code(&self) -> u64 {
                match self { $( Self::$variant { .. } => $code ),* }
            }
        }

        const _: () = {
            use $crate::codec::__private::{
                Deserialize, Deserializer, SeqAccess, Serialize, SerializeTuple, Serializer, Visitor, end, field,
                no_code,
            };

            impl $crate::codec::Wire for $name {
                const SCHEMA: $crate::codec::Schema = $crate::codec::Schema {
                    name: stringify!($name),
                    shape: $crate::codec::Shape::Enum(&[
                        $( ($code, stringify!($variant), &[ $( $( (stringify!($field), stringify!($ty)) ),* )? ]) ),*
                    ]),
                };
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $(
                            Self::$variant $({ $( $field ),* })? => {
                                const FIELDS: &[&str] = &[ $( $( stringify!($field) ),* )? ];
                                let mut tuple = serializer.serialize_tuple(FIELDS.len().saturating_add(1))?;
                                tuple.serialize_element::<u64>(&$code)?;
                                $( $( tuple.serialize_element($field)?; )* )?
                                tuple.end()
                            }
                        )*
                    }
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Variants;
                    impl<'de> Visitor<'de> for Variants {
                        type Value = $name;
                        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                            write!(f, "{} as [code, …fields]", stringify!($name))
                        }
                        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$name, A::Error> {
                            let code = field::<u64, A>(&mut seq, stringify!($name), "code")?;
                            let value = match code {
                                $(
                                    $code => {
                                        $( $(
                                            let $field = field::<$ty, A>(
                                                &mut seq, stringify!($name), stringify!($field)
                                            )?;
                                        )* )?
                                        $name::$variant $({ $( $field ),* })?
                                    }
                                )*
                                _ => return Err(no_code(stringify!($name), code)),
                            };
                            end(seq, stringify!($name))?;
                            Ok(value)
                        }
                    }
                    deserializer.deserialize_seq(Variants)
                }
            }
        };
    };
}
