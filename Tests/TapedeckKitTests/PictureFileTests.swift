import DebuggerUI
import Foundation
import TapedeckKit
import TerminalUI
import Testing

/// The files that the debugger saves pictures in.
struct PictureFileTests {
  /// A folder of its own, which is removed afterwards.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path + "/" }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
    func text(_ name: String) throws -> String {
      try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
  }

  /// What is asked for when a line is entered.
  private func picture(_ line: String) throws -> ScreenPicture {
    var state = DebuggerState(size: Size(width: 80, height: 24))
    for key in ":" + line { _ = state.update(.key(.character(key))) }
    let effects = state.update(.key(.enter))
    guard case .save(let picture)? = effects.first else {
      throw PictureFileError.ending(file: "no picture")
    }
    return picture
  }

  @Test func aFileWithoutANameNeverTakesThePlaceOfAnother() throws {
    let folder = try Folder()
    for _ in 0..<3 { _ = try PictureFile.save(picture("save"), in: folder.path) }
    #expect(folder.names == ["tapedeck-run-2.svg", "tapedeck-run-3.svg", "tapedeck-run.svg"])
    #expect(try folder.text("tapedeck-run.svg").hasPrefix("<svg"))
  }

  @Test(arguments: [
    ("a.svg", "<svg"), ("a.html", "<!DOCTYPE"), ("a.ans", " \u{1b}["), ("a.txt", " TAPEDECK"),
  ])
  func theEndingSaysWhatIsWritten(_ name: String, _ beginning: String) throws {
    let folder = try Folder()
    #expect(try PictureFile.save(picture("save \(folder.path)\(name)")) == folder.path + name)
    #expect(try folder.text(name).hasPrefix(beginning))
    #expect(folder.names == [name])
  }

  @Test func withoutAnEndingItIsSVG() throws {
    let folder = try Folder()
    #expect(try PictureFile.save(picture("save pane \(folder.path)a")) == folder.path + "a.svg")
  }

  @Test func whatCannotBeWrittenIsASentence() throws {
    let folder = try Folder()
    let named = try picture("save \(folder.path)a.png")
    #expect(throws: PictureFileError.ending(file: folder.path + "a.png")) { try PictureFile.save(named) }
    #expect(
      "\(PictureFileError.ending(file: "a.png"))"
        == "A picture's file ends in one of .svg, .html, .ans, .txt, but got a.png.")
    let once = try picture("save \(folder.path)a.txt")
    _ = try PictureFile.save(once)
    #expect(throws: PictureFileError.exists(file: folder.path + "a.txt")) { try PictureFile.save(once) }
    let nowhere = try picture("save \(folder.path)none/a.txt")
    #expect(throws: (any Error).self) { try PictureFile.save(nowhere) }
    #expect(folder.names == ["a.txt"])
  }

  @Test func theStateSaysWhatBecameOfIt() throws {
    var state = DebuggerState(size: Size(width: 80, height: 24))
    PictureFile.save(try picture("save a.png"), of: &state)
    #expect(state.notice?.kind == .problem)
    let folder = try Folder()
    PictureFile.save(try picture("save \(folder.path)a.txt"), of: &state)
    #expect(state.notice?.text == "saved as \(folder.path)a.txt")
  }
}
