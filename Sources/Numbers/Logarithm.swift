#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Powers and logarithms to base ten; the standard library has none.
package enum Logarithm {
  /// The logarithm to base ten.
  package static func decimal(_ value: Double) -> Double { log10(value) }

  /// The number with that logarithm to base ten.
  package static func inverseDecimal(_ exponent: Double) -> Double { pow(10, exponent) }

  /// `base` to a whole power.
  package static func power(of base: Double, _ exponent: Int) -> Double { pow(base, Double(exponent)) }

  /// `base`, which is not negative, to any power.
  package static func power(of base: Double, real exponent: Double) -> Double { pow(base, exponent) }

  /// The exponent the value has in scientific notation with that many digits: 2 for 99.96 in three.
  package static func decimalExponent(_ value: Double, roundedTo digits: Int) -> Int {
    guard value.isFinite, value != 0 else { return 0 }
    var exponent = Int(log10(value.magnitude).rounded(.down))
    func mantissa() -> Double {
      let scale = power(of: 10, digits - 1)
      return (scaled(value.magnitude, byPowerOfTen: -exponent) * scale).rounded() / scale
    }
    if mantissa() < 1 { exponent -= 1 }
    if mantissa() >= 10 { exponent += 1 }
    return exponent
  }

  /// The value times a power of ten, also where that power alone would overflow.
  package static func scaled(_ value: Double, byPowerOfTen exponent: Int) -> Double {
    let half = exponent / 2
    // Positive powers of ten are exact up to 10²²; negative ones never are, so divide.
    return shift(shift(value, half), exponent - half)
  }

  private static func shift(_ value: Double, _ exponent: Int) -> Double {
    exponent < 0 ? value / power(of: 10, -exponent) : value * power(of: 10, exponent)
  }
}
