import Arrays
import CKernels
import Foundation

extension Float: FloatingScalar {
  /// `float32`.
  public static var dtype: DType { .float32 }
  /// eˣ.
  public static func exp(_ x: Float) -> Float { Foundation.exp(x) }
  /// The natural logarithm.
  public static func log(_ x: Float) -> Float { Foundation.log(x) }
  /// ln(1 + x).
  public static func log1p(_ x: Float) -> Float { Foundation.log1p(x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
  /// The error function.
  public static func erf(_ x: Float) -> Float { Foundation.erf(x) }
  /// xʸ.
  public static func pow(_ x: Float, _ y: Float) -> Float { Foundation.pow(x, y) }
  /// The cosine of an angle in radians.
  public static func cos(_ x: Float) -> Float { Foundation.cos(x) }
  /// eˣ in place of each of `count` values, none of which is above 0.
  public static func exponentiateNegatives(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
    tapedeck_exp_of_negative(count, values)
  }
}

extension Double: FloatingScalar {
  /// `float64`.
  public static var dtype: DType { .float64 }
  /// eˣ.
  public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  /// The natural logarithm.
  public static func log(_ x: Double) -> Double { Foundation.log(x) }
  /// ln(1 + x).
  public static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  /// The error function.
  public static func erf(_ x: Double) -> Double { Foundation.erf(x) }
  /// xʸ.
  public static func pow(_ x: Double, _ y: Double) -> Double { Foundation.pow(x, y) }
  /// The cosine of an angle in radians.
  public static func cos(_ x: Double) -> Double { Foundation.cos(x) }
  /// eˣ in place of each of `count` values, none of which is above 0.
  public static func exponentiateNegatives(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    for index in 0..<count { values[index] = Foundation.exp(values[index]) }
  }
}
