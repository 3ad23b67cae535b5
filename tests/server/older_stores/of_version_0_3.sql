BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE events (
	id INTEGER NOT NULL, 
	sender_id VARCHAR(255) NOT NULL, 
	type_name VARCHAR(255) NOT NULL, 
	timestamp FLOAT, 
	intent_name VARCHAR(255), 
	action_name VARCHAR(255), 
	data TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "events" VALUES(1,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.7957027085789878368e+09,NULL,'action_session_start','{"event": "action", "timestamp": 1795702708.5789878, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_session_start", "policy": null, "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(2,'web-1c116d1bea3cc9880dbff7c05b27a8a3','session_started',1.79570270857899880407e+09,NULL,NULL,'{"event": "session_started", "timestamp": 1795702708.5789988, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}}');
INSERT INTO "events" VALUES(3,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270857901144023e+09,NULL,'action_listen','{"event": "action", "timestamp": 1795702708.5790114, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_listen", "policy": null, "confidence": null, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(4,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user',1.795702708722915411e+09,'greet',NULL,'{"event": "user", "timestamp": 1795702708.7229154, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "Hei!", "parse_data": {"intent": {"name": "greet", "confidence": 0.9997}, "entities": [], "text": "Hei!", "message_id": "29d397e9-7cc6-492b-86c0-bb9f203427eb", "metadata": {}, "intent_ranking": [{"name": "greet", "confidence": 0.9997}, {"name": "out_of_scope", "confidence": 0.0003}, {"name": "foreign_language", "confidence": 0.0}, {"name": "prompt_attack", "confidence": 0.0}, {"name": "insult", "confidence": 0.0}, {"name": "ask_grant_amount", "confidence": 0.0}, {"name": "ask_title", "confidence": 0.0}, {"name": "goodbye", "confidence": 0.0}, {"name": "ask_consortium_details", "confidence": 0.0}, {"name": "acknowledge", "confidence": 0.0}], "questions": [{"text": "Hei!", "start": 0, "end": 4, "intent": "greet", "confidence": 0.9997, "alternatives": ["out_of_scope", "foreign_language", "prompt_attack", "insult"], "familiar": []}], "scope": {"outside": 0.0003, "unexplained": 0.0662, "words": []}}, "input_channel": "web", "message_id": "29d397e9-7cc6-492b-86c0-bb9f203427eb"}');
INSERT INTO "events" VALUES(5,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user_featurization',1.79570270891929411891e+09,NULL,NULL,'{"event": "user_featurization", "timestamp": 1795702708.919294, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "use_text_for_featurization": false}');
INSERT INTO "events" VALUES(6,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270891932559013e+09,NULL,'action_reply','{"event": "action", "timestamp": 1795702708.9193256, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_reply", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(7,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.7957027089193353653e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702708.9193354, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "Hei! Jeg er en robot som svarer p\u00e5 sp\u00f8rsm\u00e5l om kunngj\u00f8ringen \u00abVil l\u00f8fte norsk helsen\u00e6ring internasjonalt\u00bb. Hva lurer du p\u00e5?", "data": {"elements": null, "quick_replies": null, "buttons": [{"title": "Hvem fikk penger?", "payload": "/ask_topic{\"topic\": \"recipients.list\"}"}, {"title": "Hvor mye penger fikk milj\u00f8ene?", "payload": "/ask_topic{\"topic\": \"grant.amount\"}"}, {"title": "Hva handler saken om?", "payload": "/ask_topic{\"topic\": \"document.summary\"}"}], "attachment": null, "image": null, "custom": null}}');
INSERT INTO "events" VALUES(8,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.79570270891934275631e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702708.9193428, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": null, "data": {"elements": null, "quick_replies": null, "buttons": null, "attachment": null, "image": null, "custom": {"kind": "smalltalk", "language": "nb", "facts": [], "sources": [], "intent": "greet", "confidence": 0.9997, "links": []}}}');
INSERT INTO "events" VALUES(9,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270891967916481e+09,NULL,'action_listen','{"event": "action", "timestamp": 1795702708.9196792, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_listen", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(10,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user',1.79570270898193883892e+09,'ask_programme',NULL,'{"event": "user", "timestamp": 1795702708.9819388, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "Hva er en n\u00e6ringshage?", "parse_data": {"intent": {"name": "ask_programme", "confidence": 1.0}, "entities": [{"entity": "name", "value": "garden", "start": 10, "end": 21, "confidence_entity": 1.0, "extractor": "KnowledgeNameExtractor"}], "text": "Hva er en n\u00e6ringshage?", "message_id": "bd37e978-5570-46fe-b46a-f0996c67cad5", "metadata": {}, "language": "nb", "language_confidence": 0.9999, "intent_ranking": [{"name": "ask_programme", "confidence": 1.0}, {"name": "ask_programme_difference", "confidence": 0.0}, {"name": "ask_organisation", "confidence": 0.0}, {"name": "ask_term", "confidence": 0.0}, {"name": "ask_white_paper", "confidence": 0.0}, {"name": "ask_programme_locations", "confidence": 0.0}, {"name": "ask_participation_cost", "confidence": 0.0}, {"name": "insult", "confidence": 0.0}, {"name": "prompt_attack", "confidence": 0.0}, {"name": "ask_programme_fit", "confidence": 0.0}], "questions": [{"text": "Hva er en n\u00e6ringshage?", "start": 0, "end": 22, "intent": "ask_programme", "confidence": 1.0, "alternatives": ["ask_programme_difference", "ask_organisation", "ask_term", "ask_white_paper"], "familiar": ["hva", "er", "en", "naeringshage"]}], "scope": {"outside": 0.0, "unexplained": 0.0, "words": []}}, "input_channel": "web", "message_id": "bd37e978-5570-46fe-b46a-f0996c67cad5"}');
INSERT INTO "events" VALUES(11,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user_featurization',1.79570270898794651028e+09,NULL,NULL,'{"event": "user_featurization", "timestamp": 1795702708.9879465, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "use_text_for_featurization": false}');
INSERT INTO "events" VALUES(12,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270898796200756e+09,NULL,'action_reply','{"event": "action", "timestamp": 1795702708.987962, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_reply", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(13,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.79570270898796820633e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702708.9879682, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "En n\u00e6ringshage hjelper mer etablerte bedrifter, og har et spesielt fokus p\u00e5 distriktene. Hjelpen er for eksempel bedriftsr\u00e5dgivning, markedsplanlegging og hjelp til \u00e5 utvikle forretningsideer. Siva har 40 n\u00e6ringshager i Norge.", "data": {"elements": null, "quick_replies": null, "buttons": [{"title": "Hva er en inkubator?", "payload": "/ask_topic{\"topic\": \"programmes.incubation\"}"}, {"title": "Hva er forskjellen p\u00e5 en inkubator og en n\u00e6ringshage?", "payload": "/ask_topic{\"topic\": \"programmes.difference\"}"}, {"title": "Hvor mange inkubatorer og n\u00e6ringshager er det?", "payload": "/ask_topic{\"topic\": \"programmes.network\"}"}], "attachment": null, "image": null, "custom": null}}');
INSERT INTO "events" VALUES(14,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.79570270898797202112e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702708.987972, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": null, "data": {"elements": null, "quick_replies": null, "buttons": null, "attachment": null, "image": null, "custom": {"kind": "answer", "language": "nb", "facts": ["programmes.garden.target", "programmes.garden.districts", "programmes.garden.services", "programmes.garden.network"], "sources": [{"quote": "N\u00e6ringshageprogrammet er rettet mot mer etablerte bedrifter", "start": 2894, "end": 2953}, {"quote": "har en spesiell fokus p\u00e5 distriktene", "start": 2957, "end": 2993}, {"quote": "Tjenestene best\u00e5r i for eksempel bedriftsr\u00e5dgivning, hjelp til utvikling av forretningsideer og markedsplanlegging", "start": 2995, "end": 3109}, {"quote": "Siva har 35 inkubatorer og 40 n\u00e6ringshager i Norge", "start": 2615, "end": 2665}], "intent": "ask_programme", "confidence": 1.0, "links": []}}}');
INSERT INTO "events" VALUES(15,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898797345162e+09,NULL,'last_pair','{"event": "slot", "timestamp": 1795702708.9879735, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "last_pair", "value": "programmes.what"}');
INSERT INTO "events" VALUES(16,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898797941213e+09,NULL,'last_topic','{"event": "slot", "timestamp": 1795702708.9879794, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "last_topic", "value": "programmes.garden"}');
INSERT INTO "events" VALUES(17,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898798131945e+09,NULL,'names_in_focus','{"event": "slot", "timestamp": 1795702708.9879813, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "names_in_focus", "value": ["garden"]}');
INSERT INTO "events" VALUES(18,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898798537255e+09,NULL,'facts','{"event": "slot", "timestamp": 1795702708.9879854, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "facts", "value": ["programmes.garden.target", "programmes.garden.districts", "programmes.garden.services", "programmes.garden.network"]}');
INSERT INTO "events" VALUES(19,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898798775667e+09,NULL,'topics_told','{"event": "slot", "timestamp": 1795702708.9879878, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "topics_told", "value": ["programmes.garden"]}');
INSERT INTO "events" VALUES(20,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270898798966413e+09,NULL,'spoken_of','{"event": "slot", "timestamp": 1795702708.9879897, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "spoken_of", "value": ["garden"]}');
INSERT INTO "events" VALUES(21,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270898822498314e+09,NULL,'action_listen','{"event": "action", "timestamp": 1795702708.988225, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_listen", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(22,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user',1.79570270902476429942e+09,'follow_up',NULL,'{"event": "user", "timestamp": 1795702709.0247643, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "og inkubatorene?", "parse_data": {"intent": {"name": "follow_up", "confidence": 0.9995}, "entities": [{"entity": "name", "value": "incubation", "start": 3, "end": 15, "confidence_entity": 1.0, "extractor": "KnowledgeNameExtractor"}], "text": "og inkubatorene?", "message_id": "c16110ee-d27e-4123-8334-69fe8418d304", "metadata": {}, "language": "nb", "language_confidence": 0.9939, "intent_ranking": [{"name": "follow_up", "confidence": 0.9995}, {"name": "ask_programme_locations", "confidence": 0.0005}, {"name": "ask_network_size", "confidence": 0.0002}, {"name": "ask_programme_owner", "confidence": 0.0001}, {"name": "ask_programme_difference", "confidence": 0.0001}, {"name": "ask_programme_services", "confidence": 0.0}, {"name": "ask_eligibility", "confidence": 0.0}, {"name": "ask_participation_cost", "confidence": 0.0}, {"name": "ask_recipient_kind", "confidence": 0.0}, {"name": "ask_programme_companies", "confidence": 0.0}], "questions": [{"text": "og inkubatorene?", "start": 0, "end": 16, "intent": "follow_up", "confidence": 0.9995, "alternatives": ["ask_programme_locations", "ask_network_size", "ask_programme_owner", "ask_programme_difference"], "familiar": ["og"]}], "scope": {"outside": 0.0, "unexplained": 0.0, "words": []}}, "input_channel": "web", "message_id": "c16110ee-d27e-4123-8334-69fe8418d304"}');
INSERT INTO "events" VALUES(23,'web-1c116d1bea3cc9880dbff7c05b27a8a3','user_featurization',1.79570270903015851977e+09,NULL,NULL,'{"event": "user_featurization", "timestamp": 1795702709.0301585, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "use_text_for_featurization": false}');
INSERT INTO "events" VALUES(24,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270903018403049e+09,NULL,'action_reply','{"event": "action", "timestamp": 1795702709.030184, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_reply", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
INSERT INTO "events" VALUES(25,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.79570270903018927577e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702709.0301893, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": "En inkubator hjelper oppstartsbedrifter i tidlig fase, med for eksempel forretningsutvikling, kommersialisering og mentoring. Siva har 35 inkubatorer i Norge.", "data": {"elements": null, "quick_replies": null, "buttons": [{"title": "Hva er forskjellen p\u00e5 en inkubator og en n\u00e6ringshage?", "payload": "/ask_topic{\"topic\": \"programmes.difference\"}"}, {"title": "Hvor mange inkubatorer og n\u00e6ringshager er det?", "payload": "/ask_topic{\"topic\": \"programmes.network\"}"}], "attachment": null, "image": null, "custom": null}}');
INSERT INTO "events" VALUES(26,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bot',1.79570270903019332886e+09,NULL,NULL,'{"event": "bot", "timestamp": 1795702709.0301933, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "text": null, "data": {"elements": null, "quick_replies": null, "buttons": null, "attachment": null, "image": null, "custom": {"kind": "answer", "language": "nb", "facts": ["programmes.incubation.target", "programmes.incubation.services", "programmes.incubation.network"], "sources": [{"quote": "Inkubasjonsprogrammet til Siva er rettet mot oppstartsbedrifter i tidlig fase", "start": 2726, "end": 2803}, {"quote": "De gir hjelp til for eksempel forretningsutvikling, kommersialisering og mentoring", "start": 2805, "end": 2887}, {"quote": "Siva har 35 inkubatorer og 40 n\u00e6ringshager i Norge", "start": 2615, "end": 2665}], "intent": "follow_up", "confidence": 0.9995, "links": []}}}');
INSERT INTO "events" VALUES(27,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270903019475932e+09,NULL,'last_topic','{"event": "slot", "timestamp": 1795702709.0301948, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "last_topic", "value": "programmes.incubation"}');
INSERT INTO "events" VALUES(28,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270903020048143e+09,NULL,'names_in_focus','{"event": "slot", "timestamp": 1795702709.0302005, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "names_in_focus", "value": ["incubation"]}');
INSERT INTO "events" VALUES(29,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270903020644181e+09,NULL,'facts','{"event": "slot", "timestamp": 1795702709.0302064, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "facts", "value": ["programmes.incubation.target", "programmes.incubation.services", "programmes.incubation.network"]}');
INSERT INTO "events" VALUES(30,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.7957027090302088261e+09,NULL,'topics_told','{"event": "slot", "timestamp": 1795702709.0302088, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "topics_told", "value": ["programmes.garden", "programmes.incubation"]}');
INSERT INTO "events" VALUES(31,'web-1c116d1bea3cc9880dbff7c05b27a8a3','slot',1.79570270903021049499e+09,NULL,'spoken_of','{"event": "slot", "timestamp": 1795702709.0302105, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "spoken_of", "value": ["garden", "incubation"]}');
INSERT INTO "events" VALUES(32,'web-1c116d1bea3cc9880dbff7c05b27a8a3','action',1.79570270903045582774e+09,NULL,'action_listen','{"event": "action", "timestamp": 1795702709.0304558, "metadata": {"model_id": "ee1e58b5c7604301a7de473523119f00", "assistant_id": "helseassistenten"}, "name": "action_listen", "policy": "ReplyPolicy", "confidence": 1.0, "action_text": null, "hide_rule_turn": false}');
CREATE TABLE feedback (
	sender_id VARCHAR(255) NOT NULL, 
	message_id VARCHAR(64) NOT NULL, 
	timestamp FLOAT NOT NULL, 
	rating VARCHAR(4) NOT NULL, 
	comment TEXT NOT NULL, 
	PRIMARY KEY (sender_id, message_id)
);
INSERT INTO "feedback" VALUES('web-1c116d1bea3cc9880dbff7c05b27a8a3','29d397e9-7cc6-492b-86c0-bb9f203427eb',1.79570270895028471949e+09,'up','Bra');
CREATE TABLE messages (
	event_id INTEGER NOT NULL, 
	sender_id VARCHAR(255) NOT NULL, 
	message_id VARCHAR(255) NOT NULL, said_at FLOAT, text TEXT, kind VARCHAR(32), topic TEXT, intent TEXT, language VARCHAR(32), confidence FLOAT, origin VARCHAR(255), took FLOAT, pressed BOOLEAN, 
	PRIMARY KEY (event_id)
);
INSERT INTO "messages" VALUES(4,'web-1c116d1bea3cc9880dbff7c05b27a8a3','29d397e9-7cc6-492b-86c0-bb9f203427eb',1.795702708722915411e+09,'Hei!','smalltalk',NULL,'greet','nb',0.9997,'web',NULL,0);
INSERT INTO "messages" VALUES(10,'web-1c116d1bea3cc9880dbff7c05b27a8a3','bd37e978-5570-46fe-b46a-f0996c67cad5',1.79570270898193883892e+09,'Hva er en næringshage?','answer','programmes.garden','ask_programme','nb',1.0,'web',NULL,0);
INSERT INTO "messages" VALUES(22,'web-1c116d1bea3cc9880dbff7c05b27a8a3','c16110ee-d27e-4123-8334-69fe8418d304',1.79570270902476429942e+09,'og inkubatorene?','answer','programmes.incubation','follow_up','nb',0.9995,'web',NULL,0);
CREATE TABLE staff_audit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at FLOAT NOT NULL, 
	person TEXT NOT NULL, 
	name TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	action TEXT NOT NULL, 
	subject TEXT NOT NULL
);
CREATE TABLE staff_marks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sender_id VARCHAR(255) NOT NULL, 
	message_id VARCHAR(255), 
	note TEXT NOT NULL, 
	given_to TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	done_at FLOAT
);
CREATE TABLE staff_proposals (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	sender_id VARCHAR(255), 
	message_id VARCHAR(255), 
	title TEXT NOT NULL, 
	status TEXT NOT NULL, 
	author TEXT NOT NULL, 
	approver TEXT, 
	created_at FLOAT NOT NULL, 
	changed_at FLOAT NOT NULL, 
	content TEXT NOT NULL, 
	trial TEXT, 
	content_before TEXT
);
CREATE TABLE staff_settled (
	sender_id VARCHAR(255) NOT NULL, 
	message_id VARCHAR(255) NOT NULL, 
	decision TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (sender_id, message_id)
);
CREATE TABLE standings (
	sender_id VARCHAR(255) NOT NULL, 
	slots TEXT NOT NULL, 
	said_at FLOAT, 
	PRIMARY KEY (sender_id)
);
INSERT INTO "standings" VALUES('web-1c116d1bea3cc9880dbff7c05b27a8a3','{"last_pair": "programmes.what", "last_topic": "programmes.incubation", "names_in_focus": ["incubation"], "facts": ["programmes.incubation.target", "programmes.incubation.services", "programmes.incubation.network"], "topics_told": ["programmes.garden", "programmes.incubation"], "spoken_of": ["garden", "incubation"]}',1.79570270902476429942e+09);
CREATE INDEX ix_events_sender_id ON events (sender_id);
CREATE UNIQUE INDEX messages_once ON messages (sender_id, message_id);
CREATE INDEX messages_by_time ON messages (said_at, origin, kind, took);
CREATE INDEX messages_by_kind ON messages (kind, said_at);
CREATE INDEX messages_by_language ON messages (language);
CREATE INDEX messages_by_origin ON messages (origin, said_at);
CREATE INDEX messages_by_sender ON messages (sender_id, said_at, origin, kind);
CREATE INDEX messages_by_what ON messages (kind, topic, intent, pressed, language, origin, said_at);
CREATE INDEX staff_marks_by_sender ON staff_marks (sender_id);
CREATE INDEX staff_marks_by_holder ON staff_marks (given_to, done_at);
CREATE INDEX staff_proposals_by_sender ON staff_proposals (sender_id);
CREATE INDEX staff_audit_by_time ON staff_audit (at);
DELETE FROM "sqlite_sequence";
COMMIT;
