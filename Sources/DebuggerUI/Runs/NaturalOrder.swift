/// The order of names as people count: `run2` comes before `run10`, and capitals make no difference.
enum NaturalOrder {
  /// Whether one name comes before another.
  static func isBefore(_ left: String, _ right: String) -> Bool {
    var (first, second) = (Substring(left.lowercased()), Substring(right.lowercased()))
    while let one = first.first, let other = second.first {
      if one.isASCIIDigit, other.isASCIIDigit {
        let (number, otherNumber) = (takeNumber(&first), takeNumber(&second))
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number < otherNumber }
      } else {
        if one != other { return one < other }
        first.removeFirst()
        second.removeFirst()
      }
    }
    return first.isEmpty != second.isEmpty ? first.isEmpty : left < right
  }

  /// Takes the digits at the beginning, without zeros before them.
  private static func takeNumber(_ text: inout Substring) -> Substring {
    let digits = text.prefix(while: \.isASCIIDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == "0" }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
