import Export
import Foundation
import TerminalUI
import Testing

/// A screen and an animation as HTML files.
struct HTMLFileTests {
  private let source = TestSource(archive: TestArchive.run(12))

  private func animation() throws -> String {
    var request = ExportRequest()
    request.animation.kind = .run
    var bytes: [UInt8] = []
    try ExportFormat.html.write(source, request) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func still(_ theme: PictureTheme? = nil) -> String {
    String(
      decoding: PictureKind.html.bytes(source.screen(3), title: "<step>", theme: theme), as: UTF8.self)
  }

  @Test func nothingIsFetched() throws {
    for text in [still(), try animation()] {
      for reference in ["http", "src=", "href", "url(", "@import", "<link", "<iframe"] {
        #expect(!text.contains(reference), "\(reference)")
      }
    }
  }

  @Test func aScreenIsItsTextInColouredSpans() {
    let text = still()
    #expect(text.contains("<title>&lt;step&gt;</title>"))
    #expect(
      text.contains(
        "<span class=\"r\"> <span class=\"s0\">step 3 &lt;node 0&gt;</span>    </span>"))
    #expect(text.contains(".s1{color:#c80000;background-color:#0000c8}"))
    #expect(
      text.contains("<span class=\"s1 u\">▀</span><span class=\"s1 l\">▄</span><span class=\"s1 f\">█</span>")
    )
    #expect(!text.contains("<script"))
  }

  @Test func theBrowserChoosesTheThemeUnlessOneIsGiven() {
    #expect(still().contains("@media(prefers-color-scheme:light){body{"))
    #expect(!still(.light).contains("prefers-color-scheme"))
    #expect(still(.light).contains("background:#f") && !still(.dark).contains("background:#f"))
  }

  /// What a browser's script is given, as screens.
  @Test func theChangesMakeEachScreenOfTheOneBefore() throws {
    let text = try animation()
    let start = try #require(text.range(of: "frames=["))
    let end = try #require(text.range(of: "]];\n", range: start.upperBound..<text.endIndex))
    let json = "[" + text[start.upperBound..<end.lowerBound] + "]]"
    let frames = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[Any]])
    #expect(frames.count == 12)
    var rows = Array(repeating: Array(repeating: Character(" "), count: 20), count: 3)
    for (place, frame) in frames.enumerated() {
      for change in try #require(frame[1] as? [[Any]]) {
        let (row, column) = (try #require(change[0] as? Int), try #require(change[1] as? Int))
        let characters = Array(try #require(change[2] as? String))
        let styles = try #require(change[3] as? [Int])
        #expect(stride(from: 1, to: styles.count, by: 2).reduce(0) { $0 + styles[$1] } == characters.count)
        rows[row].replaceSubrange(column..<column + characters.count, with: characters)
      }
      #expect(rows.map { String($0).trimmed } == source.screen(place + 1).lines, "step \(place + 1)")
    }
    #expect(text.contains("max=\"11\""))
  }
}

extension String {
  /// Without the spaces at its end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
