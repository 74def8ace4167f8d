import Benchmarks
import Foundation
import Testing

struct PeerScriptsTests {
  @Test func theBuiltInScriptsStandInAFolderThatIsRemoved() throws {
    var scripts: PeerScripts? = try PeerScripts(folder: nil)
    let paths = try BenchmarkPeer.Library.allCases.compactMap { try scripts?.path(of: $0) }
    #expect(paths.count == 2)
    for path in paths {
      #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\nserve(f\""))
    }
    scripts = nil
    for path in paths { #expect(!FileManager.default.fileExists(atPath: path)) }
  }

  @Test func aFolderWithoutScriptsIsNamed() throws {
    let error = #expect(throws: BenchmarkError.self) {
      try PeerScripts(folder: "/nowhere").path(of: .numpy)
    }
    #expect(
      error?.description == "/nowhere/numpy_peer.py does not exist: --peers-dir expects a folder with "
        + "pytorch_peer.py and numpy_peer.py.")
  }
}
