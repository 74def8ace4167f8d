import Testing
import Trace

struct FindingTests {
  private let finding = Finding(
    rule: "dead-relu", subject: "fc1.relu", severity: .warning, what: "12 units are dead", cause: "",
    remedy: [], location: "Demo/Network.swift:12", position: .end(of: 7))

  @Test func aFindingIsAnEventOfARecording() {
    let event = RunEvent(finding)
    #expect(event.kind == .warning && event.node == "fc1.relu" && event.position == .end(of: 7))
    #expect(event.text == "dead-relu: 12 units are dead (Demo/Network.swift:12)")
    #expect(event.isFinding && event.rule == "dead-relu")
    #expect(!RunEvent(.warning, at: .start, "Step 3 was not reproduced: it differs.").isFinding)
    #expect(!RunEvent(.note, at: .start, "dead-relu: mine").isFinding)
  }

  @Test func itsPlaceIsReadFromTheLocation() {
    #expect(finding.place == FindingPlace(file: "Demo/Network.swift", line: 12))
    #expect(finding.place?.fileName == "Network.swift")
    for location in [nil, "train.py", ":3", "train.py:0", "train.py:x"] as [String?] {
      var other = finding
      other.location = location
      #expect(other.place == nil)
    }
  }
}
