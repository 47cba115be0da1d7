//! The part of Python's pickle (protocol 2) that a state dictionary of PyTorch is written in.

use std::collections::HashMap;

use crate::error::{AssetError, Result};

pub fn fault(detail: impl Into<String>) -> AssetError {
    AssetError::format("PyTorch file", detail)
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Float,
    Long,
}

impl Kind {
    pub fn bytes(self) -> usize {
        match self {
            Self::Float => 4,
            Self::Long => 8,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Storage {
    pub key: String,
    pub kind: Kind,
}

/// A tensor as pickled: a contiguous stretch of a storage.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub storage: Storage,
    pub offset: usize,
    pub shape: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    None,
    Bool(bool),
    Int(i128),
    Text(String),
    Tuple(Vec<Value>),
    List(Vec<Value>),
    Dict(Vec<(Value, Value)>),
    Global(String),
    Storage(Storage),
    Tensor(View),
}

pub struct Reader<'a> {
    pub bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (head, rest) = self
            .bytes
            .split_at_checked(count)
            .ok_or_else(|| fault("it is broken off"))?;
        self.bytes = rest;
        Ok(head)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn text(&mut self, length: usize) -> Result<String> {
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| fault("a text is not UTF-8"))
    }

    fn line(&mut self) -> Result<String> {
        let end = self.bytes.iter().position(|&byte| byte == b'\n');
        let line = self.text(end.ok_or_else(|| fault("a name without end"))?)?;
        self.take(1)?;
        Ok(line)
    }

    /// Runs one pickle up to its end and returns its value.
    pub fn pickle(&mut self) -> Result<Value> {
        let mut machine = Machine::default();
        loop {
            match self.byte()? {
                0x80 => {
                    self.byte()?;
                }
                b'.' => return machine.pop(),
                b'(' => machine.marks.push(machine.stack.len()),
                b'N' => machine.push(Value::None),
                0x88 => machine.push(Value::Bool(true)),
                0x89 => machine.push(Value::Bool(false)),
                b'K' => machine.push(Value::Int(self.byte()?.into())),
                b'M' => machine.push(Value::Int(u16::from_le_bytes(self.array()?).into())),
                b'J' => machine.push(Value::Int(i32::from_le_bytes(self.array()?).into())),
                0x8a => {
                    let length = self.byte()?.into();
                    machine.push(Value::Int(integer(self.take(length)?)?));
                }
                b'X' => {
                    let length = u32::from_le_bytes(self.array()?) as usize;
                    machine.push(Value::Text(self.text(length)?));
                }
                b'c' => {
                    let name = format!("{}.{}", self.line()?, self.line()?);
                    machine.push(Value::Global(name));
                }
                b'q' => machine.remember(self.byte()?.into())?,
                b'r' => machine.remember(u32::from_le_bytes(self.array()?))?,
                b'h' => machine.recall(self.byte()?.into())?,
                b'j' => machine.recall(u32::from_le_bytes(self.array()?))?,
                b')' => machine.push(Value::Tuple(Vec::new())),
                b']' => machine.push(Value::List(Vec::new())),
                b'}' => machine.push(Value::Dict(Vec::new())),
                b't' => {
                    let items = machine.since_mark()?;
                    machine.push(Value::Tuple(items));
                }
                short @ 0x85..=0x87 => {
                    let items = machine.last(usize::from(short - 0x84))?;
                    machine.push(Value::Tuple(items));
                }
                b'e' => {
                    let items = machine.since_mark()?;
                    machine.append(items)?;
                }
                b's' => {
                    let pair = machine.last(2)?;
                    machine.insert(pair)?;
                }
                b'u' => {
                    let pairs = machine.since_mark()?;
                    machine.insert(pairs)?;
                }
                b'Q' => machine.persistent()?,
                b'R' => machine.call()?,
                // The attributes of the dictionary object: the versions of its layers.
                b'b' => {
                    machine.pop()?;
                }
                other => return Err(fault(format!("pickle opcode {other:#04x} is not known"))),
            }
        }
    }
}

fn integer(bytes: &[u8]) -> Result<i128> {
    let mut wide = [if bytes.last().is_some_and(|byte| byte & 0x80 != 0) {
        0xff
    } else {
        0
    }; 16];
    wide.get_mut(..bytes.len())
        .ok_or_else(|| fault("a number too long"))?
        .copy_from_slice(bytes);
    Ok(i128::from_le_bytes(wide))
}

#[derive(Default)]
struct Machine {
    stack: Vec<Value>,
    marks: Vec<usize>,
    /// What the pickle numbers to use again. Lists and dictionaries are remembered as they are at
    /// that moment, still empty: no state dictionary uses one twice.
    memo: HashMap<u32, Value>,
}

impl Machine {
    fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    fn pop(&mut self) -> Result<Value> {
        self.stack.pop().ok_or_else(|| fault("the stack is empty"))
    }

    fn last(&mut self, count: usize) -> Result<Vec<Value>> {
        let start = self.stack.len().checked_sub(count);
        Ok(self
            .stack
            .split_off(start.ok_or_else(|| fault("the stack is empty"))?))
    }

    fn since_mark(&mut self) -> Result<Vec<Value>> {
        let start = self.marks.pop().filter(|&start| start <= self.stack.len());
        Ok(self.stack.split_off(start.ok_or_else(|| fault("no mark"))?))
    }

    fn remember(&mut self, slot: u32) -> Result<()> {
        let value = self
            .stack
            .last()
            .ok_or_else(|| fault("the stack is empty"))?;
        self.memo.insert(slot, value.clone());
        Ok(())
    }

    fn recall(&mut self, slot: u32) -> Result<()> {
        match self.memo.get(&slot) {
            Some(Value::List(_) | Value::Dict(_)) => Err(fault("a container is used twice")),
            Some(value) => {
                self.stack.push(value.clone());
                Ok(())
            }
            None => Err(fault("something forgotten is asked for")),
        }
    }

    fn append(&mut self, items: Vec<Value>) -> Result<()> {
        let Some(Value::List(list)) = self.stack.last_mut() else {
            return Err(fault("no list to append to"));
        };
        list.extend(items);
        Ok(())
    }

    fn insert(&mut self, pairs: Vec<Value>) -> Result<()> {
        let Some(Value::Dict(dict)) = self.stack.last_mut() else {
            return Err(fault("no dictionary to insert into"));
        };
        let mut pairs = pairs.into_iter();
        while let (Some(key), Some(value)) = (pairs.next(), pairs.next()) {
            dict.push((key, value));
        }
        Ok(())
    }

    /// `("storage", type, key, place, count, view)` becomes the storage it names.
    fn persistent(&mut self) -> Result<()> {
        let Value::Tuple(parts) = self.pop()? else {
            return Err(fault("a storage is not described"));
        };
        let [_, Value::Global(kind), Value::Text(key), ..] = parts.as_slice() else {
            return Err(fault("a storage is not described"));
        };
        let kind = match kind.as_str() {
            "torch.FloatStorage" => Kind::Float,
            "torch.LongStorage" => Kind::Long,
            other => return Err(fault(format!("storage type {other} is not known"))),
        };
        self.push(Value::Storage(Storage {
            key: key.clone(),
            kind,
        }));
        Ok(())
    }

    /// The two calls that a state dictionary makes: an empty dictionary, and a tensor.
    fn call(&mut self) -> Result<()> {
        let (arguments, callee) = (self.pop()?, self.pop()?);
        let (Value::Global(name), Value::Tuple(arguments)) = (callee, arguments) else {
            return Err(fault("something is called that is no function"));
        };
        let value = match name.as_str() {
            "collections.OrderedDict" => Value::Dict(Vec::new()),
            "torch._utils._rebuild_tensor_v2" => Value::Tensor(tensor(arguments)?),
            other => return Err(fault(format!("function {other} is not known"))),
        };
        self.push(value);
        Ok(())
    }
}

/// `(storage, offset, shape, stride, ...)`, where the strides must be those of a contiguous tensor.
fn tensor(arguments: Vec<Value>) -> Result<View> {
    let [Value::Storage(storage), offset, shape, stride, ..] = arguments.as_slice() else {
        return Err(fault("a tensor without storage"));
    };
    let (shape, stride) = (sizes(shape)?, sizes(stride)?);
    let contiguous = (0..shape.len()).all(|axis| {
        let inner: usize = shape[axis + 1..].iter().product();
        shape[axis] == 1 || stride.get(axis) == Some(&inner)
    });
    if !contiguous {
        return Err(fault("a tensor is not contiguous"));
    }
    Ok(View {
        storage: storage.clone(),
        offset: size(offset)?,
        shape,
    })
}

fn size(value: &Value) -> Result<usize> {
    match value {
        Value::Int(number) => usize::try_from(*number).map_err(|_| fault("a negative size")),
        _ => Err(fault("a size is no number")),
    }
}

fn sizes(value: &Value) -> Result<Vec<usize>> {
    match value {
        Value::Tuple(items) => items.iter().map(size).collect(),
        _ => Err(fault("a shape is no tuple")),
    }
}
