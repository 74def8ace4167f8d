/// How many characters a text has, quickly for what the widgets draw: there each scalar is a character.
enum CharacterCount {
  /// How many characters a text has.
  static func of(_ text: String) -> Int { areAlone(text) ? text.unicodeScalars.count : text.count }

  /// Whether no scalar of a text joins another one, as far as that is seen without looking it up.
  static func areAlone(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      let value = scalar.value
      // A line feed joins a carriage return.
      if value < 0x300 { return value != 0x0d }
      // Punctuation, arrows, mathematics, boxes, blocks and braille.
      return 0x2010...0x2027 ~= value || 0x2030...0x205e ~= value || 0x2190...0x2300 ~= value
        || 0x2500...0x25fc ~= value || 0x2800...0x28ff ~= value
    }
  }
}
