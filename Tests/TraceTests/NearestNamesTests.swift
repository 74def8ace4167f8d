import Testing
import Trace

struct NearestNamesTests {
  private let names = ["fc1.linear", "fc1.relu", "fc2.linear", "fc2.bias", "lr", "x"]

  @Test(arguments: [
    ("fc1.rel", ["fc1.relu"]), ("fc1.linaer", ["fc1.linear", "fc2.linear"]), ("FC2.BIAS", ["fc2.bias"]),
    ("rl", ["lr"]), ("y", ["x"]), ("nothing.like.it", []),
  ])
  func theyDifferInFewLettersAndTheNearestIsFirst(_ wanted: String, _ near: [String]) {
    #expect(NearestNames.names(to: wanted, among: names) == near)
  }

  @Test func noMoreAreGivenThanAskedFor() {
    #expect(NearestNames.names(to: "fc.linear", among: names, limit: 1) == ["fc1.linear"])
  }
}
