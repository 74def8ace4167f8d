import Foundation
import Trace

/// The scalars of a recording as a table of comma-separated values: a row an iteration.
public struct CommaSeparatedExport {
  private let archive: any RunArchive

  /// An export of a recording.
  public init(_ archive: any RunArchive) { self.archive = archive }

  /// The column names: `gradient_norm.fc1.weight` and so on after the loss, accuracy, learning rate and seconds.
  public var header: String {
    let norms = archive.origin.description.parameterNames.map { quoted("gradient_norm.\($0)") }
    return (["iteration", "loss", "accuracy", "learning_rate", "seconds"] + norms).joined(separator: ",")
  }

  /// Gives the table to `write`, piece by piece; what is not finite reads `nan`, `inf` and `-inf`.
  ///
  /// - Throws: what reading the recording or `write` throws.
  public func write(_ write: ([UInt8]) throws -> Void) throws {
    try write(Array("\(header)\n".utf8))
    for block in ScalarBlocks(archive) {
      try write(Array(try block.get().map(row).joined().utf8))
    }
  }

  private func row(_ scalars: IterationScalars) -> String {
    let accuracy = scalars.accuracy.map(plainText) ?? ""
    let norms = scalars.gradientNorms.map { "," + plainText($0) }.joined()
    return
      "\(scalars.iteration),\(plainText(scalars.loss)),\(accuracy),\(plainText(scalars.learningRate)),\(scalars.seconds)\(norms)\n"
  }

  private func quoted(_ name: String) -> String {
    guard name.contains(where: { ",\"\n".contains($0) }) else { return name }
    return "\"\(name.replacingOccurrences(of: "\"", with: "\"\""))\""
  }
}

/// A recording as JSON objects, one a line: the run, then its iterations, epochs and events.
public struct JSONLinesExport {
  private let archive: any RunArchive
  private let encoder = JSONEncoder()

  /// An export of a recording.
  public init(_ archive: any RunArchive) {
    self.archive = archive
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }

  /// Gives the lines to `write`, piece by piece; what is not finite is a string, `"nan"`, `"inf"` or `"-inf"`.
  ///
  /// - Throws: what reading the recording or `write` throws.
  public func write(_ write: ([UInt8]) throws -> Void) throws {
    try write(line("run", archive.origin))
    for block in ScalarBlocks(archive) { try write(block.get().flatMap { try line("iteration", $0) }) }
    for epoch in try archive.epochs() { try write(line("epoch", epoch)) }
    for event in try archive.events() { try write(line("event", event)) }
  }

  private struct Line<Value: Encodable>: Encodable {
    let type: String
    let value: Value

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(type, forKey: .type)
      try value.encode(to: encoder)
    }

    private enum Key: String, CodingKey { case type }
  }

  private func line(_ type: String, _ value: some Encodable) throws -> [UInt8] {
    [UInt8](try encoder.encode(Line(type: type, value: value))) + Array("\n".utf8)
  }
}
