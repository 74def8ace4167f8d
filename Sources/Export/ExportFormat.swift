import Foundation
import Localization
import Trace

/// A format that a recording can be written in.
///
/// Each format is declared in a file of its own and listed in ``all``; the options, the help, the completion and the
/// errors of `tapedeck export` come from here.
package struct ExportFormat: Sendable {
  /// Takes what is written, piece by piece.
  package typealias Output = ([UInt8]) throws -> Void

  /// The word that `--format` takes.
  package let name: String
  /// The ending by which a file of this format is known, without a dot; nil for a format written into a folder.
  package let fileEnding: String?
  /// What is written, in the words of the help.
  package var summary: String { sentence.text }
  /// Whether a terminal can show it.
  package let isText: Bool
  /// The options that only some formats take, and that this one does.
  package let options: [ExportOption]
  /// The option without which there is nothing to write.
  package let requiredOption: ExportOption?
  /// The name of the file in the folder that is written to; nil for a format written to the file that the user names.
  package let nameInFolder: (@Sendable (RunOrigin) -> String)?
  /// Writes a recording.
  package let write: @Sendable (any ExportSource, ExportRequest, @escaping Output) throws -> Void

  private let sentence: Sentence

  /// All formats, in the order of the help.
  package static let all: [ExportFormat] = [
    .commaSeparated, .jsonLines, .markdown, .numpy, .safetensors, .tensorBoard, .asciicast, .svg, .html,
    .ansi,
  ]

  init(
    _ name: String, fileEnding: String? = nil, _ sentence: Sentence, isText: Bool,
    options: [ExportOption] = [], requiredOption: ExportOption? = nil,
    nameInFolder: (@Sendable (RunOrigin) -> String)? = nil,
    write: @escaping @Sendable (any ExportSource, ExportRequest, @escaping Output) throws -> Void
  ) {
    self.name = name
    self.fileEnding = fileEnding
    self.sentence = sentence
    self.isText = isText
    self.options = options
    self.requiredOption = requiredOption
    self.nameInFolder = nameInFolder
    self.write = write
  }

  /// The format with that name; nil for none.
  package static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  /// The format of a file with such a name: the one its ending says, or ``commaSeparated`` without an ending; nil where
  /// no format has the ending.
  package static func forFile(_ path: String?) -> ExportFormat? {
    let ending = path.map { URL(filePath: $0).pathExtension.lowercased() } ?? ""
    return ending.isEmpty ? .commaSeparated : all.first { $0.fileEnding == ending }
  }

  /// The endings by which formats are known, with their dots.
  package static var fileEndings: [String] { all.compactMap(\.fileEnding).map { ".\($0)" } }

  /// The first sentence about options that do not fit this format; nil where all fit.
  package func problem(withOptions given: [ExportOption]) -> String? {
    if let other = given.first(where: { !options.contains($0) }) {
      let names = ExportFormat.all.filter { $0.options.contains(other) }.map(\.name)
      let all = [names.dropLast().joined(separator: ", "), names.last ?? ""].filter { !$0.isEmpty }
      let formats = "--format " + all.joined(separator: " " + localized("or") + " ")
      return localized("\(other.rawValue) expects \(formats), but got --format \(name).")
    }
    guard let requiredOption, !given.contains(requiredOption) else { return nil }
    return localized("--format \(name) expects \(requiredOption.rawValue), \(requiredOption.purpose).")
  }
}
