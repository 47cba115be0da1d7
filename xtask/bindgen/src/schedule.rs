//! Whether a compiler has kept the order in which the kernels of the feature workers load and compute.
//!
//! The kernels hold a tile of sums in registers. LLVM moves all loads of an unrolled loop before its sums, twice as many
//! values as there are registers, unless a branch stands between two steps (`barrier!` in `model/mobilenet`); the numbers
//! stay the same and the time doubles. So what the program must have is counted, which no busy machine can upset.

use std::collections::HashMap;

use wasmparser::{FunctionBody, KnownCustom, Name, Operator, Parser, Payload, TypeRef, ValType};

type Problem = Box<dyn std::error::Error>;

/// In one function.
#[derive(Default)]
struct Counts {
    branches: usize,
    vectors: usize,
    products: usize,
    fused_products: usize,
    splats_without_offset: usize,
}

/// # Errors
/// What a kernel lacks, or that one is not there.
pub fn check(program: &[u8], arithmetic: &str) -> Result<(), Problem> {
    let kernels = kernels(program)?;
    let of = |name: &str| {
        let found: Vec<&Counts> = kernels
            .iter()
            .filter(|(function, _)| function.contains(name))
            .map(|(_, counts)| counts)
            .collect();
        if found.is_empty() {
            return Err(format!("the program has no kernel `{name}`"));
        }
        Ok(found)
    };
    let relaxed = arithmetic == "relaxed";
    let require = |holds: bool, what: String| if holds { Ok(()) } else { Err(what) };
    for counts in of("frozen9pointwise9pointwise")? {
        let Counts {
            branches,
            vectors,
            splats_without_offset,
            ..
        } = counts;
        require(
            *branches >= 48,
            format!(
                "1x1 convolution: {branches} branches; 48 are the least: the barriers are gone"
            ),
        )?;
        require(
            *vectors <= 18,
            format!("1x1 convolution: {vectors} vectors; more than 18 do not fit into registers"),
        )?;
        require(
            *splats_without_offset <= 10,
            format!(
                "1x1 convolution: {splats_without_offset} loads compute their address; is loop strength reduction on?"
            ),
        )?;
    }
    for counts in of("frozen9depthwise9depthwise")? {
        require(
            counts.branches >= 14,
            format!(
                "depthwise convolution: {} branches; 14 are the least: the barriers are gone",
                counts.branches
            ),
        )?;
    }
    for (function, counts) in &kernels {
        let (wanted, other) = if relaxed {
            (counts.fused_products, counts.products)
        } else {
            (counts.products, counts.fused_products)
        };
        require(
            wanted > 0 && other == 0,
            format!("{function}: not in {arithmetic} arithmetic alone"),
        )?;
    }
    Ok(())
}

/// The functions of the frozen backbone that multiply vectors, by name.
fn kernels(program: &[u8]) -> Result<Vec<(String, Counts)>, Problem> {
    let mut imported = 0;
    let mut counted = Vec::new();
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(program) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => counted.push(count(&body)?),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(parts) = section.as_known() {
                    for part in parts {
                        if let Name::Function(functions) = part? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let named = (imported..).zip(counted).filter_map(|(index, counts)| {
        let name = names.get(&index)?;
        let multiplies = counts.products + counts.fused_products > 0;
        (multiplies && name.contains("frozen")).then(|| (name.clone(), counts))
    });
    Ok(named.collect())
}

fn count(body: &FunctionBody) -> Result<Counts, Problem> {
    let mut counts = Counts::default();
    for local in body.get_locals_reader()? {
        let (many, kind) = local?;
        if kind == ValType::V128 {
            counts.vectors += many as usize;
        }
    }
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::BrIf { .. } => counts.branches += 1,
            Operator::F32x4Mul => counts.products += 1,
            Operator::F32x4RelaxedMadd => counts.fused_products += 1,
            Operator::V128Load32Splat { memarg } if memarg.offset == 0 => {
                counts.splats_without_offset += 1;
            }
            _ => {}
        }
    }
    Ok(counts)
}
