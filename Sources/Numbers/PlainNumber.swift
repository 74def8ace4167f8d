/// A number for programs: the shortest digits that parse to it, with ASCII's minus sign; NaN is `nan` whatever its sign
/// bit.
package func plainText(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
  value.isNaN ? "nan" : value.description
}
