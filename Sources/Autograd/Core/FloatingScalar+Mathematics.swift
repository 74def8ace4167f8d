import Arrays
import CKernels

extension Float: FloatingScalar {
  /// `float32`.
  public static var dtype: DType { .float32 }
  /// eˣ.
  public static func exp(_ x: Float) -> Float { tapedeck_exp_of_float(x) }
  /// The natural logarithm.
  public static func log(_ x: Float) -> Float { tapedeck_log_of_float(x) }
  /// ln(1 + x), exact for small x.
  public static func log1p(_ x: Float) -> Float { tapedeck_log1p_of_float(x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Float) -> Float { tapedeck_tanh_of_float(x) }
  /// 1 ÷ (1 + e⁻ˣ).
  public static func sigmoid(_ x: Float) -> Float { tapedeck_sigmoid_of_float(x) }
  /// The error function.
  public static func erf(_ x: Float) -> Float { tapedeck_erf_of_float(x) }
  /// The sine of an angle in radians.
  public static func sin(_ x: Float) -> Float { tapedeck_sin_of_float(x) }
  /// The cosine of an angle in radians.
  public static func cos(_ x: Float) -> Float { tapedeck_cos_of_float(x) }
  /// xʸ.
  public static func pow(_ x: Float, _ y: Float) -> Float { tapedeck_pow_of_float(x, y) }
  /// eˣ, of each of `count` numbers.
  public static func exp(_ count: Int, _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tapedeck_exp_float(count, x, result)
  }
  /// The natural logarithm, of each of `count` numbers.
  public static func log(_ count: Int, _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tapedeck_log_float(count, x, result)
  }
  /// The hyperbolic tangent, of each of `count` numbers.
  public static func tanh(_ count: Int, _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tapedeck_tanh_float(count, x, result)
  }
  /// 1 ÷ (1 + e⁻ˣ), of each of `count` numbers.
  public static func sigmoid(_ count: Int, _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tapedeck_sigmoid_float(count, x, result)
  }
  /// The error function, of each of `count` numbers.
  public static func erf(_ count: Int, _ x: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>) {
    tapedeck_erf_float(count, x, result)
  }
}

extension Double: FloatingScalar {
  /// `float64`.
  public static var dtype: DType { .float64 }
  /// eˣ.
  public static func exp(_ x: Double) -> Double { tapedeck_exp_of_double(x) }
  /// The natural logarithm.
  public static func log(_ x: Double) -> Double { tapedeck_log_of_double(x) }
  /// ln(1 + x), exact for small x.
  public static func log1p(_ x: Double) -> Double { tapedeck_log1p_of_double(x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double { tapedeck_tanh_of_double(x) }
  /// 1 ÷ (1 + e⁻ˣ).
  public static func sigmoid(_ x: Double) -> Double { tapedeck_sigmoid_of_double(x) }
  /// The error function.
  public static func erf(_ x: Double) -> Double { tapedeck_erf_of_double(x) }
  /// The sine of an angle in radians.
  public static func sin(_ x: Double) -> Double { tapedeck_sin_of_double(x) }
  /// The cosine of an angle in radians.
  public static func cos(_ x: Double) -> Double { tapedeck_cos_of_double(x) }
  /// xʸ.
  public static func pow(_ x: Double, _ y: Double) -> Double { tapedeck_pow_of_double(x, y) }
  /// eˣ, of each of `count` numbers.
  public static func exp(_ count: Int, _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    tapedeck_exp_double(count, x, result)
  }
  /// The natural logarithm, of each of `count` numbers.
  public static func log(_ count: Int, _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    tapedeck_log_double(count, x, result)
  }
  /// The hyperbolic tangent, of each of `count` numbers.
  public static func tanh(_ count: Int, _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    tapedeck_tanh_double(count, x, result)
  }
  /// 1 ÷ (1 + e⁻ˣ), of each of `count` numbers.
  public static func sigmoid(_ count: Int, _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>)
  {
    tapedeck_sigmoid_double(count, x, result)
  }
  /// The error function, of each of `count` numbers.
  public static func erf(_ count: Int, _ x: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    tapedeck_erf_double(count, x, result)
  }
}
