import Foundation

/// Which folders of a module use types of which others, as its sources say.
///
/// What is declared in a file is its types at the left margin; a member of an extension is not followed.
public struct FolderArrows {
  /// The pairs of folders of which each uses a type of the other, `Live ↔ Replay`.
  public let mutual: Set<String>

  /// The arrows between the folders of `Sources/<module>`.
  ///
  /// - Throws: an error of the file system.
  public init(of module: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/\(module)").standardizedFileURL
    let paths = FileManager.default.enumerator(atPath: root.path())?.compactMap { $0 as? String } ?? []
    let files = try paths.filter { $0.hasSuffix(".swift") && $0.contains("/") }.map { path in
      File(
        folder: String(path.prefix { $0 != "/" }),
        code: FolderArrows.code(in: try String(contentsOf: root.appending(path: path), encoding: .utf8)))
    }
    self.init(files)
  }

  private struct File {
    let folder: String
    let code: String
  }

  private init(_ files: [File]) {
    let declaration =
      /^(?:package |public |final |indirect )*(?:struct|class|enum|protocol|actor|typealias) (?<name>\w+)/
      .anchorsMatchLineEndings()
    // A name with a capital that is no member.
    let typeName = /(?:^|[^\w.])(?<name>[A-Z]\w+)/
    var homes: [Substring: Set<String>] = [:]
    for file in files {
      for match in file.code.matches(of: declaration) {
        homes[match.output.name, default: []].insert(file.folder)
      }
    }
    var uses: [String: Set<String>] = [:]
    for file in files {
      for match in file.code.matches(of: typeName) {
        guard let home = homes[match.output.name], home.count == 1, let folder = home.first else { continue }
        uses[file.folder, default: []].insert(folder)
      }
    }
    mutual = Set(
      uses.flatMap { folder, others in
        others.filter { folder < $0 && uses[$0]?.contains(folder) == true }.map { "\(folder) ↔ \($0)" }
      })
  }

  /// The code without comments, and without texts but for what is put into them.
  private static func code(in source: String) -> String {
    source.replacing(/\/\/[^\n]*/, with: "").replacing(/"(?:[^"\\\n]|\\.)*"/) { match in
      match.output.matches(of: /\\\((.*?)\)/).map { String($0.output.1) }.joined(separator: " ")
    }
  }
}
