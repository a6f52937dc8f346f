;; The arithmetic of simd.ts, which holds its bytes; tests/lib/tensor/simd.test.ts assembles this and compares.
;;
;; Memory in pages of 65536 bytes: page 0 holds a weight of 8 bytes for each term, page 1 + k the values of term k.
;; Loops take up to seven values more than asked; who calls `finite` clears these.
(module
  (memory (export "memory") 16)

  ;; Page 1 becomes the weighted sum of the terms, added up in their order in double precision, rounded, and kept between
  ;; low and high. NaN stays NaN.
  (func (export "blend")
    (param $weights i32) (param $bytes i32) (param $low f32) (param $high f32)
    (local $at i32) (local $weight i32) (local $value i32) (local $w v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $values
      (local.set $a (v128.const f64x2 0 0))
      (local.set $b (local.get $a))
      (local.set $c (local.get $a))
      (local.set $d (local.get $a))
      (local.set $weight (i32.const 0))
      (local.set $value (local.get $at))
      (loop $terms
        (local.set $w (v128.load64_splat (local.get $weight)))
        (local.set $a (f64x2.add (local.get $a)
          (f64x2.mul (local.get $w) (f64x2.promote_low_f32x4 (v128.load64_zero offset=65536 (local.get $value))))))
        (local.set $b (f64x2.add (local.get $b)
          (f64x2.mul (local.get $w) (f64x2.promote_low_f32x4 (v128.load64_zero offset=65544 (local.get $value))))))
        (local.set $c (f64x2.add (local.get $c)
          (f64x2.mul (local.get $w) (f64x2.promote_low_f32x4 (v128.load64_zero offset=65552 (local.get $value))))))
        (local.set $d (f64x2.add (local.get $d)
          (f64x2.mul (local.get $w) (f64x2.promote_low_f32x4 (v128.load64_zero offset=65560 (local.get $value))))))
        (local.set $value (i32.add (local.get $value) (i32.const 65536)))
        (br_if $terms
          (i32.lt_u (local.tee $weight (i32.add (local.get $weight) (i32.const 8))) (local.get $weights))))
      (v128.store offset=65536 (local.get $at) (f32x4.pmin (f32x4.pmax
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero (local.get $a)) (f32x4.demote_f64x2_zero (local.get $b)))
        (f32x4.splat (local.get $low))) (f32x4.splat (local.get $high))))
      (v128.store offset=65552 (local.get $at) (f32x4.pmin (f32x4.pmax
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero (local.get $c)) (f32x4.demote_f64x2_zero (local.get $d)))
        (f32x4.splat (local.get $low))) (f32x4.splat (local.get $high))))
      (br_if $values (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $bytes)))))

  ;; Whether page 1 holds neither NaN nor infinity, which have the largest exponent.
  (func (export "finite") (param $bytes i32) (result i32)
    (local $at i32) (local $largest v128) (local $next v128) (local $absolute v128)
    (local.set $absolute (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))
    (loop $values
      (local.set $largest (i32x4.max_u (local.get $largest)
        (v128.and (v128.load offset=65536 (local.get $at)) (local.get $absolute))))
      (local.set $next (i32x4.max_u (local.get $next)
        (v128.and (v128.load offset=65552 (local.get $at)) (local.get $absolute))))
      (br_if $values (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $bytes))))
    (i32.eqz (v128.any_true (i32x4.ge_u (i32x4.max_u (local.get $largest) (local.get $next))
      (v128.const i32x4 0x7f800000 0x7f800000 0x7f800000 0x7f800000)))))
)
