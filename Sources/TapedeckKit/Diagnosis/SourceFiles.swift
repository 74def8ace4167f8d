import Diagnosis
import Foundation
import Localization
import Trace

/// Finds the user's files that findings name, and reads them once.
struct SourceFiles {
  /// **Units**: bytes. No file of a program's source is so large.
  private static let largest = 4 << 20
  /// The most files that are looked at for one that is known by its name alone.
  private static let mostFiles = 20_000
  /// What is taken for source: a recording is another's file, and what it names may be anything.
  private static let endings: Set<String> = ["py", "pyw", "swift"]
  /// How many lines are shown before and after a finding's.
  private static let context = 3

  private let folder: String
  private var paths: [String: String?] = [:]
  private var lines: [String: [String]?] = [:]
  private var warnings: [String] = []
  /// The files below the folder by their names, once one was looked for.
  private var below: [String: [String]]?

  /// The files below a folder, usually the one in which the program was started.
  init(_ folder: String = FileManager.default.currentDirectoryPath) { self.folder = folder }

  /// The path of the file that a finding is in; nil where it is not found.
  mutating func path(of finding: Finding) -> String? {
    guard let file = finding.place?.file else { return nil }
    if let known = paths[file] { return known }
    let path = find(file)
    paths[file] = .some(path)
    return path
  }

  /// Whether a comment in the user's source mutes a finding.
  mutating func isMuted(_ finding: Finding) -> Bool {
    lines(of: finding).map { SourceComment.isMuted(finding, in: $0) } ?? false
  }

  /// What is wrong with the comments of the files that were read since the last time.
  mutating func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings
  }

  /// The lines around a finding; nil where they cannot be read.
  mutating func excerpt(of finding: Finding) -> SourceExcerpt? {
    guard let place = finding.place, let lines = lines(of: finding), lines.indices.contains(place.line - 1)
    else { return nil }
    let first = max(1, place.line - SourceFiles.context)
    let last = min(lines.count, place.line + SourceFiles.context)
    return SourceExcerpt(
      file: place.fileName, firstLine: first, lines: lines[first - 1..<last].map(\.withVisibleControls),
      line: place.line)
  }

  private mutating func lines(of finding: Finding) -> [String]? {
    guard let path = path(of: finding) else { return nil }
    if let known = lines[path] { return known }
    let read = SourceFiles.read(path)
    lines[path] = .some(read)
    if let read { warnings += SourceComment.mistakes(in: read).map { SourceFiles.sentence($0, in: path) } }
    return read
  }

  /// A comment that mutes nothing, with what it has to be.
  private static func sentence(_ mistake: SourceComment.Mistake, in path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let place = "\(name):\(mistake.line)"
    guard let rule = mistake.rule else {
      return localized(
        "\(place): the comment mutes nothing: expected \(mistake.mark) tapedeck: mute and a rule that tapedeck diagnose --rules lists."
      )
    }
    return localized("\(place): the comment mutes nothing: expected \(mistake.mark) tapedeck: mute \(rule).")
  }

  private static func read(_ path: String) -> [String]? {
    guard let bytes = try? FileHandle(forReadingAtPath: path)?.read(upToCount: largest) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).map { String($0).replacing("\t", with: "  ") }
  }

  /// A path as it is, a file in the folder, or one below it: Swift names files by module and name, and scripts may be
  /// known by their names alone.
  private mutating func find(_ file: String) -> String? {
    guard let name = file.split(separator: "/").last.map(String.init),
      let ending = name.split(separator: ".").last, SourceFiles.endings.contains(String(ending))
    else { return nil }
    let near = file.hasPrefix("/") ? [file] : ["\(folder)/\(file)", "\(folder)/Sources/\(file)"]
    if let path = near.first(where: InputFile.isRegular) { return path }
    guard !file.hasPrefix("/") else { return nil }
    let module = file.split(separator: "/").first.map(String.init) ?? ""
    let files = below ?? SourceFiles.files(below: folder)
    below = files
    let found = files[name] ?? []
    let inModule = found.filter { $0.contains("/\(module)/") }
    // Of several files of one name none is known to be meant.
    return found.count == 1 ? found[0] : inModule.count == 1 ? inModule[0] : nil
  }

  /// The files of source below a folder by their names, as far as there are not too many.
  private static func files(below folder: String) -> [String: [String]] {
    guard let files = FileManager.default.enumerator(atPath: folder) else { return [:] }
    var found: [String: [String]] = [:]
    var count = 0
    for case let path as String in files {
      count += 1
      if count > mostFiles { break }
      let last = path.split(separator: "/").last.map(String.init) ?? ""
      if last.hasPrefix("."), files.fileAttributes?[.type] as? FileAttributeType == .typeDirectory {
        files.skipDescendants()
      } else if let ending = last.split(separator: ".").last, endings.contains(String(ending)) {
        found[last, default: []].append("\(folder)/\(path)")
      }
    }
    return found
  }
}
