import Foundation

/// A file of PyTorch's own outputs and gradients for one operator.
package struct ConformanceFile: Decodable, Sendable {
  package let op: String
  package let cases: [ConformanceCase]

  /// Every file in a folder of `Tests/Conformance` but the trajectories, or in `$TAPEDECK_CONFORMANCE`.
  package static func all(in folder: String = ".", testFile: String = #filePath) throws -> [ConformanceFile] {
    let files = try FileManager.default.contentsOfDirectory(
      at: directory(testFile).appendingPathComponent(folder), includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "json" && $0.lastPathComponent != "trajectories.json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try read($0, as: ConformanceFile.self) }
  }

  /// A file of `Tests/Conformance` decoded as `T`.
  package static func read<T: Decodable>(
    named name: String, as type: T.Type, testFile: String = #filePath
  ) throws -> T {
    try read(directory(testFile).appendingPathComponent(name), as: type)
  }

  private static func directory(_ testFile: String) -> URL {
    if let given = ProcessInfo.processInfo.environment["TAPEDECK_CONFORMANCE"] {
      return URL(fileURLWithPath: given)
    }
    return URL(fileURLWithPath: testFile).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Conformance")
  }

  private static func read<T: Decodable>(_ url: URL, as type: T.Type) throws -> T {
    let decoder = JSONDecoder()
    // Python writes NaN and Infinity as bare words.
    decoder.allowsJSON5 = true
    return try decoder.decode(type, from: Data(contentsOf: url))
  }
}

/// One call of an operator with what PyTorch gave for it.
package struct ConformanceCase: Decodable, Sendable {
  package let name: String
  package let inputs: [TensorRecord]
  package let kwargs: [String: Option]
  package let output: TensorRecord
  package let gradOutput: TensorRecord?
  package let grads: [TensorRecord?]?

  private enum CodingKeys: String, CodingKey {
    case name, inputs, kwargs, output, grads
    case gradOutput = "grad_output"
  }

  /// The value of a keyword argument.
  package enum Option: Decodable, Sendable {
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Int])
    case none

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let value = try? container.decode(Bool.self) {
        self = .flag(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else {
        self = .list(try container.decode([Int].self))
      }
    }
  }

  /// A number by its keyword.
  package func number(_ key: String) -> Double? {
    if case .number(let value)? = kwargs[key] { value } else { nil }
  }

  /// A whole number by its keyword.
  package func integer(_ key: String) -> Int? { number(key).map { Int($0) } }

  /// A switch by its keyword, off where it is not given.
  package func flag(_ key: String) -> Bool {
    if case .flag(let value)? = kwargs[key] { value } else { false }
  }

  /// A word by its keyword.
  package func text(_ key: String) -> String? {
    if case .text(let value)? = kwargs[key] { value } else { nil }
  }

  /// Whole numbers by their keyword; a single one counts as a list.
  package func list(_ key: String) -> [Int]? {
    if case .list(let value)? = kwargs[key] { value } else { integer(key).map { [$0] } }
  }
}
