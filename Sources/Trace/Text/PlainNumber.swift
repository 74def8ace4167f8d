/// A number in the shortest digits that parse to it; NaN is `nan` whatever its sign bit.
package func plainText(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
  value.isNaN ? "nan" : value.description
}
