/// A number in the shortest digits that give it back; what is no number reads `nan` whatever its sign bit.
public func plainText(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
  value.isNaN ? "nan" : value.description
}
