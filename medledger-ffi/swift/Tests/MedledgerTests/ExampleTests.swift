import Foundation
import XCTest

@testable import Medledger

final class ExampleTests: XCTestCase {
    func testAConsentIsDecidedOn() throws {
        let now = Date(timeIntervalSince1970: 1_772_438_400)
        let later = now.addingTimeInterval(30 * 86_400)
        let hospital = try NewIdentity.draw(kind: .organisation).did()
        let criteria = Criteria(actors: [Actor(identity: hospital)], purposes: ["TREAT"])
        let terms = Terms(period: Period(from: now, until: later), effect: .permit, criteria: criteria, directive: false)
        let request = Request(requester: hospital, action: "read", purpose: "TREAT", reach: Reach(set: false))
        XCTAssertEqual(try decide(terms: terms, request: request, at: now).effect, .permit)
        XCTAssertEqual(try decide(terms: terms, request: request, at: later).reason, .expired)
    }

    func testDatesComeBackToTheMillisecond() {
        for milliseconds in [-62_135_596_800_000, -1_500, -500, -1, 0, 1, 1_772_438_400_123] as [Double] {
            let date = Date(timeIntervalSince1970: milliseconds / 1_000)
            XCTAssertEqual((Stamp(date).date.timeIntervalSince1970 * 1_000).rounded(), milliseconds)
        }
        XCTAssertEqual(Stamp(Date(timeIntervalSince1970: .infinity)).seconds, .max)
    }
}
