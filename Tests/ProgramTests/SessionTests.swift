import Foundation
import TestSupport
import Testing

/// The recordings in `Sessions`, replayed by the program that made them.
struct SessionTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sessions")

  static let names = ["digits", "dying", "exploding", "spiral", "xor"]

  /// A check of a recording; kernels of matrix products are those that it was recorded with, on any processor that has
  /// them.
  private func check(_ name: String, kernels: String = "Haswell") throws -> [String: Any] {
    let path = Self.folder.appending(path: "\(name).tapedeck").path
    let outcome = try BuiltProgram.run(
      ["replay", path, "--json"], environment: ["OPENBLAS_CORETYPE": kernels])
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

  @Test func otherKernelsAreKnownByTheFirstHashAndNamed() throws {
    let check = try check("digits", kernels: "Prescott")
    #expect(check["faithful"] as? Bool == false)
    let difference = try #require(check["difference"] as? Int)
    #expect((2...9).contains(difference))
    let remarks = try #require(check["remarks"] as? [String])
    #expect(remarks.count == 1)
    #expect(
      remarks[0].hasPrefix("step \(difference) was not reproduced bit for bit: ")
        && remarks[0].contains("OpenBLAS kernels Haswell there, ")
        && remarks[0].hasSuffix("OpenBLAS kernels Prescott here; the recorded numbers are shown"))
  }
}
