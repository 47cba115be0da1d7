//! Four floats at once: WebAssembly (with the relaxed fused multiply-add where it is switched on), SSE and FMA, NEON, or
//! plain Rust.

#![allow(
    unsafe_code,
    reason = "the kernels load and store through pointers, so that distances are immediates of the instructions"
)]

pub(super) use implementation::F4;

impl F4 {
    #[inline(always)]
    pub(super) fn of(floats: &[f32; 4]) -> Self {
        // SAFETY: there are four.
        unsafe { Self::load(floats.as_ptr()) }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod implementation {
    use core::arch::wasm32::*;

    #[derive(Clone, Copy)]
    pub(in crate::frozen) struct F4(v128);

    impl F4 {
        /// Whether a product and a sum are one instruction.
        pub(in crate::frozen) const FUSED: bool = cfg!(target_feature = "relaxed-simd");

        /// # Safety
        /// Four floats can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: as above; loads need no alignment.
            Self(unsafe { v128_load(from.cast()) })
        }

        /// # Safety
        /// One float can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn splat(from: *const f32) -> Self {
            // SAFETY: as above.
            Self(unsafe { v128_load32_splat(from.cast()) })
        }

        /// # Safety
        /// Four floats can be written there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn store(self, to: *mut f32) {
            // SAFETY: as above; stores need no alignment.
            unsafe { v128_store(to.cast(), self.0) }
        }

        #[inline(always)]
        pub(in crate::frozen) fn plus(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        /// `self + a * b`
        #[inline(always)]
        pub(in crate::frozen) fn plus_product(self, a: Self, b: Self) -> Self {
            #[cfg(target_feature = "relaxed-simd")]
            return Self(f32x4_relaxed_madd(a.0, b.0, self.0));
            #[cfg(not(target_feature = "relaxed-simd"))]
            return Self(f32x4_add(f32x4_mul(a.0, b.0), self.0));
        }

        /// `pmin` and `pmax` are one instruction on x86 where `min` and `max` are seven. Of `pmax` with its operands the
        /// other way round LLVM makes a comparison and a selection.
        #[inline(always)]
        pub(in crate::frozen) fn clamp(self, [low, high]: [Self; 2]) -> Self {
            Self(f32x4_pmin(high.0, f32x4_pmax(self.0, low.0)))
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod implementation {
    use core::arch::x86_64::*;

    #[derive(Clone, Copy)]
    pub(in crate::frozen) struct F4(__m128);

    impl F4 {
        /// Whether a product and a sum are one instruction.
        pub(in crate::frozen) const FUSED: bool = cfg!(target_feature = "fma");

        /// # Safety
        /// Four floats can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: as above; this load needs no alignment.
            Self(unsafe { _mm_loadu_ps(from) })
        }

        /// # Safety
        /// One float can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn splat(from: *const f32) -> Self {
            // SAFETY: as above.
            Self(unsafe { _mm_set1_ps(*from) })
        }

        /// # Safety
        /// Four floats can be written there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn store(self, to: *mut f32) {
            // SAFETY: as above; this store needs no alignment.
            unsafe { _mm_storeu_ps(to, self.0) }
        }

        #[inline(always)]
        pub(in crate::frozen) fn plus(self, other: Self) -> Self {
            // SAFETY: the target has it.
            Self(unsafe { _mm_add_ps(self.0, other.0) })
        }

        /// `self + a * b`
        #[inline(always)]
        pub(in crate::frozen) fn plus_product(self, a: Self, b: Self) -> Self {
            // SAFETY: the target has it.
            #[cfg(target_feature = "fma")]
            return Self(unsafe { _mm_fmadd_ps(a.0, b.0, self.0) });
            // SAFETY: the target has it.
            #[cfg(not(target_feature = "fma"))]
            return Self(unsafe { _mm_add_ps(_mm_mul_ps(a.0, b.0), self.0) });
        }

        #[inline(always)]
        pub(in crate::frozen) fn clamp(self, [low, high]: [Self; 2]) -> Self {
            // SAFETY: the target has it.
            Self(unsafe { _mm_min_ps(_mm_max_ps(self.0, low.0), high.0) })
        }
    }
}

#[cfg(target_arch = "aarch64")]
mod implementation {
    use core::arch::aarch64::*;

    #[derive(Clone, Copy)]
    pub(in crate::frozen) struct F4(float32x4_t);

    impl F4 {
        /// Whether a product and a sum are one instruction.
        pub(in crate::frozen) const FUSED: bool = true;

        /// # Safety
        /// Four floats can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: as above.
            Self(unsafe { vld1q_f32(from) })
        }

        /// # Safety
        /// One float can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn splat(from: *const f32) -> Self {
            // SAFETY: as above.
            Self(unsafe { vld1q_dup_f32(from) })
        }

        /// # Safety
        /// Four floats can be written there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn store(self, to: *mut f32) {
            // SAFETY: as above.
            unsafe { vst1q_f32(to, self.0) }
        }

        #[inline(always)]
        pub(in crate::frozen) fn plus(self, other: Self) -> Self {
            // SAFETY: the target has it.
            Self(unsafe { vaddq_f32(self.0, other.0) })
        }

        /// `self + a * b`
        #[inline(always)]
        pub(in crate::frozen) fn plus_product(self, a: Self, b: Self) -> Self {
            // SAFETY: the target has it.
            Self(unsafe { vfmaq_f32(self.0, a.0, b.0) })
        }

        #[inline(always)]
        pub(in crate::frozen) fn clamp(self, [low, high]: [Self; 2]) -> Self {
            // SAFETY: the target has it.
            Self(unsafe { vminq_f32(vmaxq_f32(self.0, low.0), high.0) })
        }
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64",
    target_arch = "aarch64"
)))]
mod implementation {
    #[derive(Clone, Copy)]
    pub(in crate::frozen) struct F4([f32; 4]);

    impl F4 {
        /// Whether a product and a sum are one instruction.
        pub(in crate::frozen) const FUSED: bool = false;

        /// # Safety
        /// Four floats can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn load(from: *const f32) -> Self {
            // SAFETY: as above; floats lie on their alignment.
            Self(unsafe { from.cast::<[f32; 4]>().read() })
        }

        /// # Safety
        /// One float can be read there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn splat(from: *const f32) -> Self {
            // SAFETY: as above.
            Self([unsafe { *from }; 4])
        }

        /// # Safety
        /// Four floats can be written there.
        #[inline(always)]
        pub(in crate::frozen) unsafe fn store(self, to: *mut f32) {
            // SAFETY: as above; floats lie on their alignment.
            unsafe { to.cast::<[f32; 4]>().write(self.0) }
        }

        #[inline(always)]
        pub(in crate::frozen) fn plus(self, other: Self) -> Self {
            Self(core::array::from_fn(|i| self.0[i] + other.0[i]))
        }

        /// `self + a * b`
        #[inline(always)]
        pub(in crate::frozen) fn plus_product(self, a: Self, b: Self) -> Self {
            Self(core::array::from_fn(|i| self.0[i] + a.0[i] * b.0[i]))
        }

        #[inline(always)]
        pub(in crate::frozen) fn clamp(self, [low, high]: [Self; 2]) -> Self {
            Self(core::array::from_fn(|i| {
                self.0[i].max(low.0[i]).min(high.0[i])
            }))
        }
    }
}
