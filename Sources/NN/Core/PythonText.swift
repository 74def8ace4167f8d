/// A number as Python prints it: `1e-05`, not `1e-5`.
func pythonText(_ value: Double) -> String {
  let text = "\(value)"
  guard let mark = text.firstIndex(of: "e") else { return text }
  let exponent = text[text.index(after: mark)...]
  guard exponent.hasPrefix("-"), exponent.count == 2 else { return text }
  return trimmed(text[..<mark]) + "e-0" + exponent.dropFirst()
}

/// Without a fraction of 0.
private func trimmed(_ mantissa: Substring) -> Substring {
  mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa
}

/// A truth value as Python prints it.
func pythonText(_ value: Bool) -> String { value ? "True" : "False" }
