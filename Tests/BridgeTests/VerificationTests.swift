import Autograd
import Bridge
import NN
import Testing

struct VerificationTests {
  @Test func theHandWrittenNetworkAndTheAutogradOneAgreeInBothPrecisions() throws {
    let report = try Verification().run()
    #expect(report.rows.count == 22)
    for row in report.rows {
      #expect(row.passed, "\(row.precision) \(row.quantity): \(row.greatestDifference)")
    }
    #expect(report.passed)
    #expect(Set(report.rows.map(\.precision)) == [.float32, .float64])
    #expect(
      report.rows.prefix(7).map(\.quantity) == [
        "outputs", "loss", "loss without 1e-8", "gradient of fc1.weight", "gradient of fc1.bias",
        "gradient of fc2.weight",
        "gradient of fc2.bias",
      ])
  }

  @Test func float64AgreesFarMoreCloselyThanTheGuideDemands() throws {
    let rows = try Verification().run().rows.filter { $0.precision == .float64 && $0.quantity != "loss" }
    #expect(rows.allSatisfy { $0.greatestDifference < 1e-13 })
  }

  @Test func theLossesDifferByTheAddendInTheLogarithmAlone() throws {
    let rows = try Verification().run().rows.filter { $0.precision == .float64 }
    let loss = try #require(rows.first { $0.quantity == "loss" })
    #expect(loss.cause == .addendInLogarithm && loss.greatestDifference > 1e-9)
    let without = try #require(rows.first { $0.quantity == "loss without 1e-8" })
    #expect(without.cause == nil && without.greatestDifference < 1e-13)
  }

  @Test func aNaNNeverPasses() {
    let row = VerificationReport.Row(
      quantity: "loss", precision: .float32, greatestDifference: .nan, tolerance: 1)
    #expect(!row.passed)
  }

  @Test func anEmptyReportDoesNotPass() {
    #expect(!VerificationReport().passed)
  }
}
