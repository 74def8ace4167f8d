import Autograd
import Foundation
import TestSupport
import Testing

/// The recordings in `Sessions`, replayed by the program that made them.
struct SessionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sessions")

  static let names = ["digits", "dying", "exploding", "spiral", "xor"]

  /// A check of a recording with some kind of kernels.
  private func check(_ name: String, kernels: String = "best") throws -> [String: Any] {
    let path = Self.folder.appending(path: "\(name).tapedeck").path
    let outcome = try BuiltProgram.run(["replay", path, "--json", "--kernels", kernels])
    #expect(outcome.errors == "")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func thereAreFiveOfLessThanTwoMegabytes() throws {
    let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent != "README.md" }
    #expect(files.map(\.lastPathComponent).sorted() == Self.names.map { "\($0).tapedeck" })
    for file in files { #expect(try Data(contentsOf: file).count < 2_000_000) }
  }

  @Test(arguments: names)
  func everyRecordedHashIsReproduced(_ name: String) throws {
    let check = try check(name)
    #expect(check["faithful"] as? Bool == true)
    #expect(check["remarks"] as? [String] == [])
    let (last, hashes) = (try #require(check["last"] as? Int), try #require(check["hashes"] as? Int))
    #expect(check["iterations"] as? Int == last)
    // One every eight steps, and one for each keyframe beside them.
    #expect(hashes >= (last + 7) / 8)
  }

  @Test(arguments: ArithmeticKernels.usable)
  func everyKindOfKernelsReproducesItAndIsNamed(_ kernels: ArithmeticKernels) throws {
    let check = try check("spiral", kernels: kernels.rawValue.lowercased())
    #expect(check["faithful"] as? Bool == true)
    #expect((check["here"] as? String)?.hasSuffix("\(kernels.rawValue) kernels") == true)
    #expect((check["there"] as? String)?.hasSuffix(" kernels") == true)
  }

  @Test func kernelsThatAreNoneAreRefused() throws {
    let outcome = try BuiltProgram.run(["bench", "--quick", "--kernels", "Haswell"])
    #expect(outcome.errors.contains("--kernels expects a kind that this processor can run, one of "))
    #expect(outcome.errors.contains("but got 'haswell'. Leave it out for the best."))
  }
}
