import Arrays
import CKernels
import Foundation

extension Float: FloatingScalar {
  public static var dtype: DType { .float32 }
  public static func exp(_ x: Float) -> Float { Foundation.exp(x) }
  public static func log(_ x: Float) -> Float { Foundation.log(x) }
  public static func log1p(_ x: Float) -> Float { Foundation.log1p(x) }
  public static func tanh(_ x: Float) -> Float { Foundation.tanh(x) }
  public static func erf(_ x: Float) -> Float { Foundation.erf(x) }
  public static func pow(_ x: Float, _ y: Float) -> Float { Foundation.pow(x, y) }
  public static func cos(_ x: Float) -> Float { Foundation.cos(x) }
  public static func exponentiateNegatives(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
    tapedeck_exp_of_negative(count, values)
  }
}

extension Double: FloatingScalar {
  public static var dtype: DType { .float64 }
  public static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  public static func log(_ x: Double) -> Double { Foundation.log(x) }
  public static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
  public static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  public static func erf(_ x: Double) -> Double { Foundation.erf(x) }
  public static func pow(_ x: Double, _ y: Double) -> Double { Foundation.pow(x, y) }
  public static func cos(_ x: Double) -> Double { Foundation.cos(x) }
  public static func exponentiateNegatives(_ values: UnsafeMutablePointer<Double>, _ count: Int) {
    for index in 0..<count { values[index] = Foundation.exp(values[index]) }
  }
}
