import Foundation

extension JSON: Decodable {
  /// The value of a text in JSON; nil where it is none.
  package init?(text: String) {
    guard let value = try? JSONDecoder().decode(JSON.self, from: Data(text.utf8)) else { return nil }
    self = value
  }

  /// Reads any value.
  ///
  /// - Throws: what the decoder throws where there is none.
  package init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Key.self) {
      self = .object(
        try members.allKeys.map { ($0.stringValue, try members.decode(JSON.self, forKey: $0)) })
      return
    }
    if var elements = try? decoder.unkeyedContainer() {
      var array: [JSON] = []
      while !elements.isAtEnd { array.append(try elements.decode(JSON.self)) }
      self = .array(array)
      return
    }
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .literal("\(flag)")
    } else if let number = try? value.decode(Int.self) {
      self = number.json ?? .null
    } else if let number = try? value.decode(UInt64.self) {
      self = number.json ?? .null
    } else if let number = try? value.decode(Double.self) {
      self = number.json ?? .null
    } else {
      self = .string(try value.decode(String.self))
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
